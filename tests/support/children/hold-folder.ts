import { openStore } from '../../../src-main/store/store.ts';

/** Hold the data folder argv[2] until killed. */
openStore(process.argv[2]!);
process.stdout.write('open\n');
setInterval(() => {}, 60_000);
