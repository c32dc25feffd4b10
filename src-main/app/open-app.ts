import { join } from 'node:path';
import { CodedError } from '../contract/errors.ts';
import { lastClosedAt } from '../domain/bars/bars.ts';
import { choiceOf } from '../domain/exits/exit-rule.ts';
import { isoTime } from '../domain/time/time.ts';
import { importCandles } from '../jobs/work/import-candles.ts';
import { exportDataset, importDatasetBytes } from './datasets/dataset-files.ts';
import { readRows, readTrade } from './datasets/datasets.ts';
import { barColumns, readDesk } from './desk/desk.ts';
import { Estimator } from './datasets/estimate.ts';
import { FeedDesk } from './feeds/feed-desk.ts';
import { FEED_HOSTS, type FeedHosts } from './feeds/feed-hosts.ts';
import { FeedToken, type KeyStore } from './feeds/feed-token.ts';
import { followTrade, holdingHistory } from './desk/follow.ts';
import { FactsCache } from './datasets/facts.ts';
import { generate, generationJob, isGenerated, runOf, WHOLE } from './datasets/generate.ts';
import { JobBoard } from './jobs/jobs.ts';
import { decisionOf } from './desk/recommend.ts';
import { DEFAULT_SETTINGS } from './folder/default-settings.ts';
import { refusedImport } from './series/import-file.ts';
import { Journal } from './journal/journal.ts';
import { exportJournal, type PrintPdf } from './journal/export/export-journal.ts';
import { keepTrades, planTrades, statementInWorker } from './journal/import-trades.ts';
import type { TradesSettings } from './journal/read-trades.ts';
import { statementPreviewOf } from './journal/statement-preview.ts';
import { keepDemoSeries } from './series/demo-series.ts';
import { now } from './now.ts';
import { isOfShard } from '../datasets/cell.ts';
import {
  importModel,
  modelNamed,
  openModel,
  readStoredModel,
  useModel,
} from './training/model-registry.ts';
import { judgeModels, writeReport } from './evaluation/court.ts';
import { ownExitsOf } from './journal/own-exits.ts';
import { presets } from './training/presets.ts';
import { TrainingRoom } from './training/training-room.ts';
import { writeWhole } from './folder/files.ts';
import { readVersion } from './folder/resources.ts';
import { SeriesCache } from './series/series-cache.ts';
import { Uploads } from './folder/uploads.ts';
import { openWorkspace } from './folder/workspace.ts';
import type { z } from 'zod';
import type { Handlers } from '../contract/calls.ts';
import type { Timeframe } from '../contract/series.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { EventName, EventPayload, Publish } from '../contract/events.ts';

type Listener = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** The app behind every window. */
export interface App {
  readonly handlers: Handlers;
  /** Hear every event; returns the function that stops listening. */
  subscribe(listener: Listener): () => void;
  close(): Promise<void>;
}

/**
 * Opens the data folder for this process alone and wires the contract's handlers to it. Throws
 * `folder-locked`, `folder-unusable`, `store-newer`, `store-damaged`.
 */
export async function openApp({
  dataFolder,
  shell,
  keyStore = null,
  feedHosts = FEED_HOSTS,
  newWindow,
  printPdf = null,
}: {
  dataFolder: string;
  shell: 'electron' | 'browser';
  keyStore?: KeyStore | null;
  feedHosts?: FeedHosts;
  /** Of a shell that opens windows itself. */
  newWindow?: () => void;
  /** Of a shell that prints. */
  printPdf?: PrintPdf | null;
}): Promise<App> {
  const store = openWorkspace(dataFolder, 'write');
  keepDemoSeries(store);
  const series = new SeriesCache(store);
  const uploads = new Uploads();
  const importing = new AbortController();
  const listeners = new Set<Listener>();
  const publish: Publish = (name, payload) => {
    hearOf(name);
    listeners.forEach((hear) => hear(name, payload));
  };
  let model = openModel(store);
  const jobs = new JobBoard(store, publish);
  const training = new TrainingRoom(store, jobs, publish);
  const estimator = new Estimator(store);
  const facts = new FactsCache(store);
  const token = new FeedToken(store.folder, keyStore);
  const feeds = new FeedDesk({ store, series, token, hosts: feedHosts, publish });
  const exportFile = (title: string, ending: string) =>
    join(store.folder, 'exports', `${title.replace(/[^\w.-]+/g, '_')}.${ending}`);
  const generateAsJob = async ({ plan, ...options }: z.infer<typeof generationJob>) => {
    const { training: then } = options;
    // What is there already need only be trained on.
    if (then && isGenerated(store, plan)) return jobs.find((await training.start(then)).job);
    return jobs.start(
      (run) => generate(store, plan, { ...options, run }),
      (id) => {
        publish('datasets.changed', {});
        if (then && jobs.find(id).state === 'done') void training.startNext(then);
      },
    );
  };
  const readSettings = () => store.settings.read(DEFAULT_SETTINGS);
  /** The first one that is trained or imported comes into use by itself. */
  const modelInUse = () => {
    const inUse = store.models.list().find((one) => one.inUse);
    if (inUse?.name !== model?.info.name) model = openModel(store);
    return model;
  };
  const journal = new Journal(store, series, modelNamed(store, modelInUse));
  /** What the journal holds follows what the windows are told. */
  const hearOf = (name: EventName) => {
    if (name === 'series.changed' || name === 'models.changed') journal.forget();
    else if (name === 'series.grew') journal.lookAgain();
    else if (name === 'decisions.changed' || name === 'journal.changed') journal.refresh();
    else return;
    journal.settle(now());
  };
  journal.settle(now());
  const desk = (name: string, timeframe: Timeframe | null, bar: number | null) => {
    const held = series.read(name, timeframe);
    const at = bar ?? held.bars.close.length - 1;
    const closedAt = (held.bars.time[at]! + held.bars.stepSeconds) as UtcSeconds;
    return readDesk(held, at, modelInUse(), journal.resolved(held.info, closedAt));
  };
  const runImport = (
    upload: string,
    settings: Parameters<Handlers['import.preview']>[0]['settings'],
    commit: boolean,
  ) => {
    const { fileName, bytes } = uploads.read(upload);
    return importCandles(
      { folder: store.folder, file: bytes, fileName, settings, commit },
      {
        signal: importing.signal,
        onProgress: (done, total) => publish('import.progress', { upload, done, total }),
      },
    );
  };

  const planStatement = async (upload: string, settings: TradesSettings) => {
    const { fileName, bytes } = uploads.read(upload);
    return planTrades(
      store,
      await statementInWorker(bytes, fileName, settings, importing.signal),
      settings,
    );
  };

  const handlers: Handlers = {
    'app.about': () => ({ version: readVersion(), shell, dataFolder: store.folder }),
    'app.newWindow': () => {
      newWindow?.();
      return { isOpened: newWindow !== undefined };
    },
    'settings.read': readSettings,
    'settings.write': (patch) => {
      store.settings.write(patch);
      const settings = readSettings();
      publish('settings.changed', settings);
      return settings;
    },
    'series.list': () => store.series.list(),
    'series.bars': ({ series: name, timeframe, first, count }) =>
      barColumns(series.read(name, timeframe).bars, first, count),
    'series.barAt': ({ series: name, timeframe, closedAt }) => ({
      bar: lastClosedAt(series.read(name, timeframe).bars, closedAt),
    }),
    'desk.read': ({ series: name, timeframe, bar }) => desk(name, timeframe, bar),
    'trades.follow': (plan) => followTrade(series.read(plan.series, plan.timeframe).bars, plan),
    'trades.holding': ({ series: name, timeframe, bar, direction, rule }) =>
      holdingHistory(series.read(name, timeframe).bars, bar, direction, rule),
    'feeds.read': () => feeds.read(),
    'feeds.start': (choice) => feeds.start(choice),
    'feeds.token': () => token.kept(),
    'feeds.keepToken': ({ token: text }) => token.keep(text),
    'feeds.stop': () => feeds.stop(),
    'feeds.reconnect': () => feeds.reconnect(),
    'models.list': () => store.models.list(),
    'models.use': ({ name }) => {
      useModel(store, name);
      publish('models.changed', {});
      return modelInUse()!.info;
    },
    'models.export': ({ name }) => {
      const file = exportFile(name, 'json');
      writeWhole(file, new TextDecoder().decode(store.models.read(name)));
      return { file };
    },
    'models.import': ({ upload }) => {
      const { fileName, bytes } = uploads.read(upload);
      const info = importModel(store, fileName, bytes);
      uploads.discard(upload);
      publish('models.changed', {});
      return info;
    },
    'decisions.list': () => store.decisions.list(),
    'decisions.record': (input) => {
      const recorded = store.decisions.record(
        decisionOf(desk(input.series, input.timeframe, input.bar), input, now()),
      );
      publish('decisions.changed', {});
      return recorded;
    },
    'journal.review': async (query) => {
      await journal.lookAhead(query.account);
      return journal.review(query);
    },
    'journal.trade': async ({ key, account }) => {
      await journal.lookAhead(account);
      return journal.trade(key, account);
    },
    'journal.ownExits': ({ account }) => ownExitsOf(store.statements.trades(), account),
    'journal.alarm': () => journal.alarm(),
    'journal.watchAnew': () => {
      journal.watchAnew(now());
      publish('journal.changed', {});
      return journal.alarm();
    },
    'journal.write': (writing) => {
      journal.write(writing, now());
      publish('journal.changed', {});
      return {};
    },
    'journal.export': async (wish) => {
      await journal.lookAhead(wish.query.account);
      const fileOf = (ending: string) => exportFile(`journal ${isoTime(now())}`, ending);
      return exportJournal(journal, wish, fileOf, printPdf);
    },
    'statements.list': () => store.statements.list(),
    'statements.preview': async ({ upload, settings }) => {
      const plan = await planStatement(upload, settings);
      return statementPreviewOf(plan, store.statements.plan(plan.source.account, plan.trades));
    },
    'statements.commit': async ({ upload, settings }) => {
      const kept = keepTrades(store, await planStatement(upload, settings), now());
      uploads.discard(upload);
      publish('journal.changed', {});
      return kept;
    },
    'statements.undo': ({ id }) => {
      store.statements.undo(id, now());
      publish('journal.changed', {});
      return {};
    },
    'import.stage': ({ upload, fileName, piece }) => ({
      upload: uploads.stage(upload, fileName, piece),
    }),
    'import.preview': async ({ upload, settings }) =>
      (await runImport(upload, settings, false)).report,
    'import.commit': async ({ upload, settings }) => {
      const { report, series: info, added } = await runImport(upload, settings, true);
      if (!info || added === undefined) throw refusedImport(report);
      uploads.discard(upload);
      series.forget();
      facts.forget();
      publish('series.changed', { name: info.name });
      return { series: info, added };
    },
    'import.discard': ({ upload }) => {
      uploads.discard(upload);
      return {};
    },
    'datasets.list': () => store.datasets.list(),
    'datasets.estimate': (plan) => estimator.estimate(plan),
    'datasets.generate': ({ training, ...plan }) => generateAsJob({ plan, shard: WHOLE, training }),
    'datasets.trades': (page) => readRows(store, page),
    'datasets.trade': ({ name, row }) => readTrade(store, name, row),
    'datasets.delete': ({ name }) => {
      store.datasets.delete(name, now());
      publish('datasets.changed', {});
      return {};
    },
    'datasets.restore': ({ name }) => {
      store.datasets.restore(name);
      publish('datasets.changed', {});
      return {};
    },
    'datasets.export': async ({ name, format, windows }) => {
      const file = exportFile(name, format);
      await exportDataset(store, { name, file, windows }, {});
      return { file };
    },
    'datasets.import': async ({ upload }) => {
      const kept = await importDatasetBytes(store, uploads.read(upload), {});
      uploads.discard(upload);
      publish('datasets.changed', {});
      return kept;
    },
    'facts.read': ({ series: name }) => facts.read(name),
    'training.presets': () => presets(),
    'training.start': (plan) => training.start(plan),
    'training.list': () => training.list(),
    'court.judge': (asked) => {
      let id = 0;
      const { exitRule } = readStoredModel(store, asked.models[0]!);
      const plan = { ...asked, exit: choiceOf(exitRule) };
      return jobs.start(
        async (run) => {
          id = await judgeModels(store, plan, run);
        },
        (job) => id && publish('evaluations.changed', { id, job }),
      );
    },
    'court.list': () => store.evaluations.list(),
    'court.read': ({ id }) => store.evaluations.read(id),
    'court.report': ({ id, format }) => {
      const { result } = store.evaluations.read(id);
      const file = exportFile(`evaluation ${id} ${result.plan.series}`, format);
      writeReport(result, format, file);
      return { file };
    },
    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ id }) => {
      jobs.cancel(id);
      return {};
    },
    'jobs.resume': async ({ id }) => {
      if (store.trainingRuns.find(id)) {
        await training.resume(id);
        return jobs.find(id);
      }
      const row = store.jobs.find(id);
      const job = generationJob.safeParse(row?.plan);
      if (row?.state === 'interrupted' && job.success) return generateAsJob(job.data);
      throw new CodedError('no-job', { wish: 'resume' });
    },
    'jobs.discard': ({ id }) => {
      const job = generationJob.safeParse(store.jobs.find(id)?.plan);
      store.together(() => {
        store.jobs.dismiss(id, now());
        training.discard(id);
        if (!job.success) return;
        const { key } = runOf(store, job.data.plan);
        const cells = store.parts.summaries(key).map(({ cell }) => cell);
        store.parts.discard(key, cells.filter(isOfShard(job.data.shard)));
      });
      jobs.tell(id);
      return {};
    },
  };

  return {
    handlers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      importing.abort(new CodedError('cancelled'));
      feeds.close();
      await jobs.close();
      store.datasets.purge();
      store.close();
    },
  };
}
