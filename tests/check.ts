import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs one script of package.json; tells all that it said once it has ended. */
async function run(script: string): Promise<boolean> {
  const child = spawn(`npm run -s ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const [told, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  process.stdout.write(told);
  process.stderr.write(complained);
  return code === 0;
}

// What reads the code and does not run it, at once: each of them keeps one core busy.
const held = await Promise.all(['lint', 'types', 'format:check'].map(run));
process.exitCode = held.every(Boolean) ? 0 : 1;
