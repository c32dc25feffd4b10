import { limitOf } from '../../domain/decision.ts';
import { writeBeside, writeWhole } from '../files.ts';
import { journalPage } from '../report/journal-page.ts';
import { writeJournalCsv } from './journal-csv.ts';
import { writeJournalParquet } from './journal-parquet.ts';
import { journalReport } from './journal-report.ts';
import type { JournalExport } from '../../contract/journal.ts';
import type { Journal } from '../journal.ts';

/** A page of HTML as a PDF file. */
export type PrintPdf = (page: string) => Promise<Uint8Array>;

/** All of a filter as a table. Throws `file-unwritable`. */
export function writeJournalTable(
  journal: Journal,
  query: JournalExport['query'],
  format: 'csv' | 'parquet',
  file: string,
): void {
  const write = format === 'csv' ? writeJournalCsv : writeJournalParquet;
  const { account } = query;
  const limit = limitOf(account.appetite, journal.modelInUse?.kind ?? null);
  writeBeside(file, (partial) => write(partial, journal.told(query), { ...account, limit }));
}

export const journalHtml = (journal: Journal, query: JournalExport['query']) =>
  journalPage(journalReport(journal, query));

/** In the format that was asked for; a PDF as HTML where nothing prints. Throws `file-unwritable`. */
export async function exportJournal(
  journal: Journal,
  { query, format }: JournalExport,
  fileOf: (ending: string) => string,
  printPdf: PrintPdf | null,
): Promise<{ file: string; isPdf: boolean }> {
  const write = (ending: string, to: (file: string) => void) => {
    const file = fileOf(ending);
    to(file);
    return { file, isPdf: ending === 'pdf' };
  };
  if (format === 'csv' || format === 'parquet') {
    return write(format, (file) => writeJournalTable(journal, query, format, file));
  }
  const page = journalHtml(journal, query);
  if (format === 'html' || !printPdf) return write('html', (file) => writeWhole(file, page));
  const printed = await printPdf(page);
  return write('pdf', (file) => writeWhole(file, printed));
}
