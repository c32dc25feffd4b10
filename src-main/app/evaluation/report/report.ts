import { evaluationPage } from './page.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';

export type ReportFormat = 'html' | 'json';

/** An evaluation as the text of a file. */
export const reportText = (evaluation: Evaluation, format: ReportFormat) =>
  format === 'html' ? evaluationPage(evaluation) : `${JSON.stringify(evaluation)}\n`;
