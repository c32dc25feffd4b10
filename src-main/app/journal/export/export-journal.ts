import { writeBeside, writeWhole } from '../../folder/files.ts';
import { journalPage } from '../../report/journal-page.ts';
import { writeJournalCsv } from './journal-csv.ts';
import { writeJournalParquet } from './journal-parquet.ts';
import { journalReport } from './journal-report.ts';
import type { JournalExport } from '../../../contract/journal.ts';
import type { Journal } from '../../../journal/journal.ts';

/** A page of HTML as a PDF file. */
export type PrintPdf = (page: string) => Promise<Uint8Array>;

const pageOf = (journal: Journal, query: JournalExport['query']) =>
  journalPage(journalReport(journal, query));

/** All past trades of a filter, as a table or as a report. Throws `file-unwritable`. */
export function writeJournal(
  journal: Journal,
  query: JournalExport['query'],
  format: Exclude<JournalExport['format'], 'pdf'>,
  file: string,
): void {
  if (format === 'html') return writeWhole(file, pageOf(journal, query));
  const write = format === 'csv' ? writeJournalCsv : writeJournalParquet;
  writeBeside(file, (partial) => write(partial, journal.told(query), query.account));
}

/** The same, or a report as PDF; as HTML where nothing prints. Throws `file-unwritable`, `not-printed`. */
export async function exportJournal(
  journal: Journal,
  { query, format }: JournalExport,
  fileOf: (ending: string) => string,
  printPdf: PrintPdf | null,
): Promise<{ file: string; isPdf: boolean }> {
  if (format === 'pdf' && printPdf) {
    const printed = await printPdf(pageOf(journal, query));
    const file = fileOf('pdf');
    writeWhole(file, printed);
    return { file, isPdf: true };
  }
  const written = format === 'pdf' ? 'html' : format;
  const file = fileOf(written);
  writeJournal(journal, query, written, file);
  return { file, isPdf: false };
}
