import { CodedError } from '../contract/errors.ts';
import { StoreQueue } from '../jobs/queue.ts';
import { JobRunner } from '../jobs/runner.ts';
import { deskHandlers } from './desk/handlers.ts';
import { FactsCache } from './datasets/facts.ts';
import { generationKind } from './datasets/generate.ts';
import { datasetHandlers, generatingIn } from './datasets/handlers.ts';
import { judgingKind } from './evaluation/court.ts';
import { evaluationHandlers } from './evaluation/handlers.ts';
import { FeedDesk } from './feeds/feed-desk.ts';
import { FEED_HOSTS, type FeedHosts } from './feeds/feed-hosts.ts';
import { FeedToken, type KeyStore } from './feeds/feed-token.ts';
import { feedHandlers } from './feeds/handlers.ts';
import { folderHandlers, type Shell } from './folder/handlers.ts';
import { Uploads } from './folder/uploads.ts';
import { openWorkspace } from './folder/workspace.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { journalHandlers } from './journal/handlers.ts';
import { Journal } from './journal/journal.ts';
import { now as wallClock } from './now.ts';
import { keepDemoSeries } from './series/demo-series.ts';
import { seriesHandlers } from './series/handlers.ts';
import { SeriesCache } from './series/series-cache.ts';
import { trainingHandlers } from './training/handlers.ts';
import { modelHandlers } from './training/model-handlers.ts';
import { ModelShelf } from './training/model-shelf.ts';
import { trainingKind } from './training/train.ts';
import { TrainingRuns } from './training/training-runs.ts';
import type { Handlers } from '../contract/calls.ts';
import type { EventName, EventPayload, Publish } from '../contract/events.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { PrintPdf } from './journal/export/export-journal.ts';
import type { Rooms } from './rooms.ts';

type Listener = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** The app behind every window. */
export interface App {
  readonly handlers: Handlers;
  /** Hear every event; returns the function that stops listening. */
  subscribe(listener: Listener): () => void;
  close(): Promise<void>;
}

/**
 * Opens the data folder for this process alone and puts the rooms together. Throws `folder-locked`,
 * `folder-unusable`, `store-newer`, `store-damaged`.
 */
export async function openApp({
  dataFolder,
  shell,
  keyStore = null,
  feedHosts = FEED_HOSTS,
  newWindow,
  printPdf = null,
  now = wallClock,
}: {
  dataFolder: string;
  shell: Shell['name'];
  keyStore?: KeyStore | null;
  feedHosts?: FeedHosts;
  newWindow?: Shell['newWindow'];
  /** Of a shell that prints. */
  printPdf?: PrintPdf | null;
  /** For tests: what is live does not wait for the market to open. */
  now?: () => UtcSeconds;
}): Promise<App> {
  const store = openWorkspace(dataFolder, 'write');
  keepDemoSeries(store);
  const closing = new AbortController();
  const listeners = new Set<Listener>();
  const publish: Publish = (name, payload) => {
    keepInStep(name);
    listeners.forEach((hear) => hear(name, payload));
  };
  const series = new SeriesCache(store);
  const models = new ModelShelf(store);
  const rooms: Rooms = { store, now, publish, series, models, uploads: new Uploads() };
  const runs = new TrainingRuns(store, publish);
  const training = trainingKind(store, now, runs.hooks);
  const generation = generationKind(store, now, () => publish('datasets.changed', {}));
  const judging = judgingKind(store, now, (job, _, output) => {
    if (output?.id) publish('evaluations.changed', { id: output.id, job });
  });
  const jobs = new JobRunner(new StoreQueue(store, now), [generation, training, judging], (job) =>
    publish('jobs.changed', job),
  );
  const generating = generatingIn(store, jobs, generation, training);
  const facts = new FactsCache(store);
  const token = new FeedToken(store.folder, keyStore);
  const feeds = new FeedDesk({ store, series, token, hosts: feedHosts, publish, now });
  const journal = new Journal(store, series, models.named);
  /** What is kept of the folder in memory follows what the windows hear. */
  const keepInStep = (name: EventName) => {
    if (name === 'series.changed') facts.forget();
    if (journal.hears(name)) journal.settle(now());
  };
  journal.settle(now());
  await jobs.begin();

  return {
    handlers: {
      ...folderHandlers(rooms, { name: shell, newWindow }),
      ...seriesHandlers(rooms, closing.signal),
      ...deskHandlers(rooms, journal),
      ...feedHandlers(feeds, token),
      ...modelHandlers(rooms),
      ...journalHandlers(rooms, journal, closing.signal, printPdf),
      ...datasetHandlers(rooms, generating, facts),
      ...trainingHandlers(rooms, jobs, runs, training),
      ...evaluationHandlers(rooms, jobs, judging),
      ...jobHandlers(jobs, generating.resume),
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort(new CodedError('cancelled'));
      feeds.close();
      await jobs.close();
      store.datasets.purge();
      store.close();
    },
  };
}
