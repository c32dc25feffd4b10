import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

const LIBRARIES = [
  'zod',
  'better-sqlite3',
  '@tensorflow/tfjs-core',
  'electron',
  'd3-scale',
  'lightweight-charts',
];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A small project: each file with the lines of its imports. */
type Project = Record<string, string[]>;

/** Checks a project with the rules of this one; returns "rule: from" of each violation. */
function check(project: Project): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-'));
  folders.push(folder);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const library of LIBRARIES) {
    write(`node_modules/${library}/package.json`, JSON.stringify({ name: library }));
    write(`node_modules/${library}/index.js`, 'module.exports = {};');
  }
  // What a compiled component imports by itself.
  symlinkSync(path('node_modules/svelte'), join(folder, 'node_modules', 'svelte'));
  const rooms = ['domain', 'contract', 'charts'];
  const imports = Object.fromEntries(rooms.map((room) => [`#${room}/*`, `./src-main/${room}/*`]));
  write('package.json', JSON.stringify({ name: 'small', type: 'module', imports }));
  for (const [file, lines] of Object.entries(project)) {
    const text = [...lines, 'export const made = 1;', 'export type Made = number;'].join('\n');
    write(
      file,
      file.endsWith('.svelte') ? `<script lang="ts">\n${lines.join('\n')}\n</script>` : text,
    );
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      path('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', path('.config/dependency-cruiser.cjs'), '--output-type', 'json'],
      ...['src-main', 'src-renderer'],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

/** One file may import several: each under a name of its own. */
const own = (from: string) => from.replace(/\W/g, '_');
const value = (from: string) =>
  `import { made as ${own(from)} } from '${from}'; console.log(${own(from)});`;
const type = (from: string) =>
  `import type { Made as ${own(from)} } from '${from}'; export type Of${own(from)} = ${own(from)};`;
const library = (name: string) => `import * as library from '${name}'; console.log(library);`;

/** One file of each layer, importing all that it may. */
const ALLOWED: Project = {
  'src-main/domain/size.ts': [],
  'src-main/domain/ladder.ts': [value('./size.ts')],
  'src-main/contract/local-calls.ts': [library('zod')],
  'src-main/contract/calls.ts': [
    value('../domain/size.ts'),
    value('./local-calls.ts'),
    library('zod'),
  ],
  'src-main/charts/axes.ts': [value('../contract/calls.ts'), library('d3-scale')],
  'src-main/synth/path.ts': [value('../domain/size.ts'), value('../contract/calls.ts')],
  'src-main/market/import.ts': [value('../domain/size.ts'), library('node:fs')],
  'src-main/datasets/generate.ts': [value('../synth/path.ts')],
  'src-main/datasets/reader.ts': [value('../domain/size.ts')],
  'src-main/models/train.ts': [type('../datasets/reader.ts'), library('@tensorflow/tfjs-core')],
  'src-main/store/open.ts': [value('../contract/calls.ts'), library('better-sqlite3')],
  'src-main/jobs/worker.ts': [value('../models/train.ts'), value('../store/open.ts')],
  'src-main/app/series/handlers.ts': [
    value('../../jobs/worker.ts'),
    value('../../market/import.ts'),
  ],
  'src-main/app/open-app.ts': [value('./series/handlers.ts')],
  'src-main/app/report.ts': [value('../charts/axes.ts')],
  'src-main/hosts/files.ts': [library('node:fs')],
  'src-main/hosts/browser/main.ts': [value('../../app/open-app.ts'), value('../files.ts')],
  'src-main/hosts/electron/main.ts': [value('../../app/open-app.ts'), library('electron')],
  'src-main/hosts/cli/text.ts': [
    value('../../domain/size.ts'),
    value('../../contract/calls.ts'),
    value('../../app/open-app.ts'),
  ],
  'src-renderer/charts/Chart.svelte': [library('lightweight-charts')],
  'src-renderer/lib/desk.ts': [
    value('../../src-main/domain/ladder.ts'),
    value('../../src-main/contract/calls.ts'),
    type('#contract/calls.ts'),
    value('#charts/axes.ts'),
  ],
  'src-renderer/charts/axis.ts': [value('../lib/desk.ts')],
  'src-renderer/shared/table.ts': [value('../charts/axis.ts'), value('../lib/desk.ts')],
  'src-renderer/desk/desk.ts': [value('../shared/table.ts'), value('../charts/axis.ts')],
  'src-renderer/history/history.ts': [value('../shared/table.ts')],
  'src-renderer/app.svelte.ts': [value('./desk/desk.ts'), value('./history/history.ts')],
  'src-renderer/desk/Desk.svelte': [
    value('../app.svelte.ts'),
    value('../lib/desk.ts'),
    type('./desk.ts'),
  ],
  'src-renderer/views.ts': [value('./desk/Desk.svelte')],
  'src-renderer/frame/Rail.svelte': [value('../views.ts'), value('../shared/table.ts')],
  'src-renderer/Window.svelte': [value('./frame/Rail.svelte'), value('./desk/Desk.svelte')],
};

/** Rule, the file that breaks it, and how. */
const FORBIDDEN: [rule: string, file: string, line: string][] = [
  ['resolvable', 'src-main/app/broken.ts', value('./nowhere.ts')],
  ['domain-imports-nothing', 'src-main/domain/a.ts', value('../contract/calls.ts')],
  ['domain-imports-nothing', 'src-main/domain/b.ts', type('../contract/calls.ts')],
  ['domain-imports-nothing', 'src-main/domain/c.ts', library('node:fs')],
  ['domain-imports-nothing', 'src-main/domain/d.ts', library('zod')],
  ['domain-imports-nothing', 'src-main/domain/e.ts', value('#contract/calls.ts')],
  ['contract-imports', 'src-main/contract/a.ts', value('../market/import.ts')],
  ['contract-imports', 'src-main/contract/b.ts', library('node:path')],
  ['charts-imports', 'src-main/charts/a.ts', value('../store/open.ts')],
  ['charts-imports', 'src-main/charts/b.ts', library('node:fs')],
  ['d3-place', 'src-renderer/charts/c.ts', library('d3-scale')],
  ['synth-is-pure', 'src-main/synth/a.ts', library('node:fs')],
  ['synth-imports', 'src-main/synth/b.ts', value('../datasets/reader.ts')],
  ['market-imports', 'src-main/market/a.ts', value('../store/open.ts')],
  ['market-imports', 'src-main/market/b.ts', type('../synth/path.ts')],
  ['datasets-imports', 'src-main/datasets/a.ts', value('../models/train.ts')],
  ['models-imports', 'src-main/models/a.ts', value('../datasets/generate.ts')],
  ['models-imports', 'src-main/models/b.ts', value('../store/open.ts')],
  ['models-read-by-interface', 'src-main/models/c.ts', value('../datasets/reader.ts')],
  ['store-imports', 'src-main/store/a.ts', value('../jobs/worker.ts')],
  ['jobs-imports', 'src-main/jobs/a.ts', value('../app/open-app.ts')],
  ['app-imports', 'src-main/app/a.ts', value('../hosts/files.ts')],
  ['app-rooms', 'src-main/app/series/a.ts', value('../open-app.ts')],
  ['app-rooms', 'src-main/app/series/b.ts', value('./handlers.ts')],
  ['hosts-imports', 'src-main/hosts/browser/a.ts', value('../../store/open.ts')],
  ['hosts-imports', 'src-main/hosts/cli/a.ts', value('../../app/series/handlers.ts')],
  ['hosts-imports', 'src-main/hosts/cli/b.ts', type('../../app/series/handlers.ts')],
  ['hosts-domain-for-text', 'src-main/hosts/browser/e.ts', value('../../domain/size.ts')],
  ['local-calls-place', 'src-main/hosts/browser/f.ts', value('../../contract/local-calls.ts')],
  ['local-calls-place', 'src-renderer/lib/d.ts', type('#contract/local-calls.ts')],
  ['hosts-imports', 'src-main/hosts/browser/b.ts', value('../../../src-renderer/lib/desk.ts')],
  ['hosts-apart', 'src-main/hosts/browser/c.ts', value('../electron/main.ts')],
  ['renderer-imports', 'src-renderer/lib/a.ts', value('../../src-main/app/open-app.ts')],
  ['renderer-imports', 'src-renderer/lib/b.ts', type('../../src-main/store/open.ts')],
  ['renderer-imports', 'src-renderer/views/A.svelte', value('../../src-main/market/import.ts')],
  ['window-lib', 'src-renderer/lib/d.ts', value('../shared/table.ts')],
  ['window-lib', 'src-renderer/lib/e.ts', type('../app.svelte.ts')],
  ['window-charts', 'src-renderer/charts/a.ts', value('../shared/table.ts')],
  ['window-charts', 'src-renderer/charts/b.ts', value('../desk/desk.ts')],
  ['window-shared', 'src-renderer/shared/a.ts', type('../desk/desk.ts')],
  ['window-shared', 'src-renderer/shared/B.svelte', value('../app.svelte.ts')],
  ['window-views-apart', 'src-renderer/history/a.ts', type('../desk/desk.ts')],
  ['window-views-apart', 'src-renderer/history/B.svelte', value('../desk/Desk.svelte')],
  ['window-views-apart', 'src-renderer/history/C.svelte', value('../frame/Rail.svelte')],
  ['window-views-apart', 'src-renderer/a-new-view/A.svelte', value('../desk/desk.ts')],
  ['window-frame', 'src-renderer/frame/A.svelte', value('../desk/Desk.svelte')],
  ['renderer-in-a-browser', 'src-renderer/lib/c.ts', library('node:fs')],
  ['better-sqlite3-place', 'src-main/app/b.ts', library('better-sqlite3')],
  ['better-sqlite3-place', 'src-main/market/c.ts', library('better-sqlite3')],
  ['tensorflow-place', 'src-main/jobs/b.ts', library('@tensorflow/tfjs-core')],
  ['electron-place', 'src-main/hosts/browser/d.ts', library('electron')],
  ['electron-place', 'src-main/hosts/files.ts', library('electron')],
  ['electron-place', 'src-main/app/c.ts', library('electron')],
  ['lightweight-charts-place', 'src-renderer/views/B.svelte', library('lightweight-charts')],
  ['lightweight-charts-place', 'src-main/app/d.ts', library('lightweight-charts')],
];

describe('the direction of imports', () => {
  it('lets each layer import what it may', () => {
    expect(check(ALLOWED)).toEqual([]);
  });

  const broken = { ...ALLOWED };
  for (const [, file, line] of FORBIDDEN) broken[file] = [...(broken[file] ?? []), line];
  let violations: string[] | undefined;

  it.each(FORBIDDEN)('is checked: %s fails on %s', (rule, file) => {
    violations ??= check(broken);
    expect(violations).toContain(`${rule}: ${file}`);
  });

  it('has no cycle', () => {
    const cycle = { 'src-main/domain/size.ts': [value('./ladder.ts')] };
    expect(check({ ...ALLOWED, ...cycle })).toEqual([expect.stringContaining('no-cycles')]);
  });

  it('keeps the chart library in one component', () => {
    const two = { 'src-renderer/charts/Second.svelte': [library('lightweight-charts')] };
    expect(check({ ...ALLOWED, ...two })).toEqual([
      expect.stringContaining('lightweight-charts-once'),
    ]);
  });
});
