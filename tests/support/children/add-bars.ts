import { CodedError } from '../../../src-main/contract/errors.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { barsAt } from '../candle-files.ts';

/** Add 100,000 bars to the store in argv[2] and write the code of the fault, if any. */
const store = openStore(process.argv[2]!);
const times = Array.from({ length: 100_000 }, (_, i) => 1_600_000_000 + i * 3600);
try {
  store.series.add(
    {
      name: 'gold',
      symbol: 'XAUUSD',
      timeframe: 'H1',
      clock: 'utc',
      synthetic: false,
      sourceName: 'gold.csv',
      sourceSha256: '',
    },
    barsAt(times),
  );
  process.stdout.write('stored\n');
} catch (error) {
  process.stdout.write(error instanceof CodedError ? error.code : String(error));
}
