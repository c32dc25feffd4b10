import { CodedError } from '../contract/errors.ts';
import { StoreQueue, wallClock } from '../jobs/queue.ts';
import { JobRunner } from '../jobs/runner.ts';
import { FactsCache } from './datasets/facts.ts';
import { generationKind } from './datasets/generate.ts';
import { datasetHandlers, generatingIn } from './datasets/handlers.ts';
import { deskHandlers } from './desk/handlers.ts';
import { doorTo } from './door.ts';
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
import { Journal } from '../journal/journal.ts';
import { keepDemoSeries } from './series/candle-files.ts';
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

// What hosts need besides.
export { defaultDataFolder } from './folder/workspace.ts';
export type { KeyStore };

type Listener = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** The app behind every host: windows reach it through `answer`, the command line calls directly. */
export interface App {
  readonly handlers: Handlers;
  /** Hear every event; returns the function that stops listening. */
  subscribe(listener: Listener): () => void;
  close(): Promise<void>;
}

export interface AppOptions {
  /** Null: the user's own. */
  readonly dataFolder: string | null;
  /** Beside another app that has the folder open; calls that write are then refused. */
  readonly readonly?: boolean;
  readonly shell: Shell['name'];
  readonly newWindow?: Shell['newWindow'];
  /** Of a shell that prints. */
  readonly printPdf?: PrintPdf | null;
  /** Of a shell that the system keeps keys for. */
  readonly keyStore?: KeyStore | null;
  /** For tests: servers of their own in the place of the services. */
  readonly feedHosts?: Partial<FeedHosts>;
  /** For tests: what is live does not wait for the market to open. */
  readonly now?: () => UtcSeconds;
}

/**
 * Opens the data folder, for this process alone unless it is to be read only, and puts the rooms
 * together. Throws `folder-locked`, `folder-unusable`, `store-newer`, `store-damaged`.
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { shell, newWindow, readonly = false, now = wallClock, printPdf = null } = options;
  const store = openWorkspace(options.dataFolder, readonly ? 'read' : 'write');
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
  const token = new FeedToken(store.folder, options.keyStore ?? null);
  const hosts = { ...FEED_HOSTS, ...options.feedHosts };
  const feeds = new FeedDesk({ store, series, token, hosts, publish, now });
  const journal = new Journal(store, series, models.named);
  const isWatched = shell !== 'command-line' && !readonly;
  /** What is kept of the folder in memory follows what the windows hear. */
  const keepInStep = (name: EventName) => {
    if (name === 'series.changed') facts.forget();
    if (journal.hears(name) && isWatched) journal.settle(now());
  };
  if (isWatched) {
    keepDemoSeries(store);
    journal.settle(now());
    await jobs.begin();
  }

  const handlers = doorTo(
    {
      ...folderHandlers(rooms, { name: shell, newWindow }),
      ...seriesHandlers(rooms),
      ...deskHandlers(rooms, journal),
      ...feedHandlers(feeds, token),
      ...modelHandlers(rooms),
      ...journalHandlers(rooms, journal, printPdf),
      ...datasetHandlers(rooms, generating, facts),
      ...trainingHandlers(rooms, jobs, runs, training),
      ...evaluationHandlers(rooms, jobs, judging),
      ...jobHandlers(jobs, generating.resume),
    },
    { folder: store.folder, readonly, closing: closing.signal },
  );
  return {
    handlers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort(new CodedError('cancelled'));
      feeds.close();
      await jobs.close();
      if (!readonly) store.datasets.purge();
      store.close();
    },
  };
}
