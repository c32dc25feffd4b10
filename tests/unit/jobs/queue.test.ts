import { onTestFinished } from 'vitest';
import { StoreQueue } from '../../../src-main/jobs/queue.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { queueSpecification } from '../../support/queue-specification.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

// What holds of any queue, held to the one in the store.
queueSpecification('the queue of a data folder', () => {
  const folder = dataFolder();
  let store: Store | null = null;
  let time = 1_000;
  const clock = () => time++ as UtcSeconds;
  const open = () => new StoreQueue((store = openStore(folder)), clock);
  const queue = open();
  onTestFinished(() => store?.close());
  return {
    queue,
    // A killed process leaves its rows as they are.
    reopened: () => {
      store!.close();
      return open();
    },
  };
});
