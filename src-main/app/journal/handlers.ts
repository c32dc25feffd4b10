import { isoTime } from '../../domain/time/time.ts';
import { basename } from 'node:path';
import { exportFile, readWhole } from '../folder/files.ts';
import { exportJournal, writeJournal, type PrintPdf } from './export/export-journal.ts';
import { planTrades } from '../../journal/statements/plan-trades.ts';
import { keepTrades, statementIn, statementInWorker } from './import-trades.ts';
import { ownExitsOf } from '../../journal/own-exits.ts';
import { statementPreviewOf, statementReadingOf } from './statement-preview.ts';
import type { Caller, CallInput, HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';
import type { Journal } from '../../journal/journal.ts';

/** `printPdf` of a shell that prints. */
export function journalHandlers(
  { store, uploads, publish, now }: Rooms,
  journal: Journal,
  printPdf: PrintPdf | null,
): HandlersOf<'journal' | 'statements'> {
  const plan = async ({ upload, settings }: CallInput<'statements.commit'>, { signal }: Caller) => {
    const { fileName, bytes } = uploads.read(upload);
    return planTrades(store, await statementInWorker(bytes, fileName, settings, signal), settings);
  };
  return {
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
      const title = `journal ${isoTime(now())}`;
      const fileOf = (ending: string) => exportFile(store.folder, title, ending);
      return exportJournal(journal, wish, fileOf, printPdf);
    },
    'journal.exportTo': ({ query, format, file }) => {
      writeJournal(journal, query, format, file);
      return { trades: journal.told(query).length };
    },
    'statements.list': () => store.statements.list(),
    'statements.preview': async (wish, caller) => {
      const planned = await plan(wish, caller);
      return statementPreviewOf(
        planned,
        store.statements.plan(planned.source.account, planned.trades),
      );
    },
    'statements.commit': async (wish, caller) => {
      const kept = keepTrades(store, await plan(wish, caller), now());
      uploads.discard(wish.upload);
      publish('journal.changed', {});
      return kept;
    },
    'statements.importFile': ({ file, settings, commit }) => {
      const statement = statementIn(readWhole(file), basename(file), settings);
      const planned = planTrades(store, statement, settings);
      const { source, trades } = planned;
      const kept = commit
        ? keepTrades(store, planned, now())
        : { id: null, ...store.statements.plan(source.account, trades) };
      if (commit) publish('journal.changed', {});
      return statementReadingOf(planned, kept);
    },
    'statements.undo': ({ id }) => {
      store.statements.undo(id, now());
      publish('journal.changed', {});
      return {};
    },
  };
}
