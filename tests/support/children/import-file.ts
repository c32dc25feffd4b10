import { readFileSync } from 'node:fs';
import { importCandles } from '../../../src-main/app/series/candle-files.ts';
import { openStore } from '../../../src-main/store/store.ts';

/** Import the file argv[3] into the data folder argv[2], saying how far it is, and stay. */
const [, , folder, path] = process.argv as [string, string, string, string];
openStore(folder);
await importCandles(
  {
    folder,
    file: readFileSync(path),
    fileName: 'gold.csv',
    settings: { name: 'gold', symbol: 'XAUUSD', clock: 'utc' },
    commit: true,
  },
  {
    onProgress: (done, total) => {
      process.stdout.write(done < total ? 'reading\n' : 'read\n');
    },
  },
);
process.stdout.write('stored\n');
setInterval(() => {}, 60_000);
