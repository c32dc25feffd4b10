import { isoTime } from '../../domain/time/time.ts';
import { exportFile } from '../folder/files.ts';
import { exportJournal, type PrintPdf } from './export/export-journal.ts';
import { keepTrades, planTrades, statementInWorker } from './import-trades.ts';
import { ownExitsOf } from './own-exits.ts';
import { statementPreviewOf } from './statement-preview.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';
import type { Journal } from './journal.ts';
import type { TradesSettings } from './read-trades.ts';

/** `closing` ends the reading of a statement when the app closes; `printPdf` of a shell that prints. */
export function journalHandlers(
  { store, uploads, publish, now }: Rooms,
  journal: Journal,
  closing: AbortSignal,
  printPdf: PrintPdf | null,
): HandlersOf<'journal' | 'statements'> {
  const plan = async (upload: string, settings: TradesSettings) => {
    const { fileName, bytes } = uploads.read(upload);
    return planTrades(store, await statementInWorker(bytes, fileName, settings, closing), settings);
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
    'statements.list': () => store.statements.list(),
    'statements.preview': async ({ upload, settings }) => {
      const planned = await plan(upload, settings);
      return statementPreviewOf(
        planned,
        store.statements.plan(planned.source.account, planned.trades),
      );
    },
    'statements.commit': async ({ upload, settings }) => {
      const kept = keepTrades(store, await plan(upload, settings), now());
      uploads.discard(upload);
      publish('journal.changed', {});
      return kept;
    },
    'statements.undo': ({ id }) => {
      store.statements.undo(id, now());
      publish('journal.changed', {});
      return {};
    },
  };
}
