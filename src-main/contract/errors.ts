import { MODEL_KIND_NAMES, MODEL_KINDS, statesRisk } from '../domain/models/kinds.ts';

/** "V2 or V3". */
const FOR_THE_DESK = MODEL_KIND_NAMES.filter(statesRisk)
  .map((kind) => MODEL_KINDS[kind].label)
  .join(' or ');

/**
 * One table of error codes. Every failure that a trader can meet says what happened, what it means
 * and what to do next. `{name}` is filled from the details.
 */
interface ErrorText {
  readonly happened: string;
  readonly means: string;
  readonly next: string;
}

export const ERRORS = {
  'bad-argument': {
    happened: '{problem}',
    means: 'Nothing was done.',
    next: 'Correct it and try again.',
  },
  'no-series': {
    happened: 'There is no series named "{name}".',
    means: 'Nothing was read.',
    next: 'List the series, or import the file first.',
  },
  'no-model': {
    happened: 'There is no trained model.',
    means: 'Without a model there is no P(liquidation), so no size is recommended.',
    next: 'Train a model, or restore the bundled one.',
  },
  'no-such-model': {
    happened: 'There is no model named "{name}".',
    means: 'Nothing was changed.',
    next: 'List the models, or train one first.',
  },
  'states-no-risk': {
    happened: 'The model "{name}" names a size, but no P(liquidation).',
    means: 'The desk needs P of every size, so the model in use stays.',
    next: `Compare it in Evaluate; put a ${FOR_THE_DESK} model into use.`,
  },
  'training-busy': {
    happened: 'A model is being trained already: "{name}".',
    means: 'A second run would only slow the first, so none was started.',
    next: 'Wait until it ends, or cancel it.',
  },
  'no-evaluation': {
    happened: 'There is no evaluation number {id}.',
    means: 'Nothing was read.',
    next: 'Look at the list of evaluations again.',
  },
  'too-few-exits': {
    happened:
      'Needs {fewest} trades that you closed; you have {ended} ({censored} more are open or were stopped out).',
    means: 'Fewer than that make no exit rule: the next trade may be held much longer or shorter.',
    next: 'Import older statements, or plan with one of the common rules.',
  },
  'no-past-trade': {
    happened: 'This trade is no longer in the journal.',
    means: 'Its import was undone meanwhile, and nothing was written.',
    next: 'Look at the list again.',
  },
  'no-statement': {
    happened: 'There is no import number {id} that could be undone.',
    means: 'No trade was taken out.',
    next: 'Look at the list of imported statements again.',
  },
  'bad-model-file': {
    happened: '{file} cannot be used as a model: {problem}.',
    means: 'It was not loaded; the model in use stays.',
    next: 'Choose a file that Size Picker wrote.',
  },
  'training-diverged': {
    happened: 'Training broke off in epoch {epoch}: the loss became {loss}.',
    means: 'No model came of this run; the model in use stays.',
    next: 'Train again with another seed or a lower learning rate.',
  },
  'too-few-trades': {
    happened: '{found} trades were found where at least {needed} are needed.',
    means: 'Nothing can be learnt or measured on so few.',
    next: 'Use more trades: a span that the bars cover, denser entries or a larger dataset.',
  },
  'too-few-bars': {
    happened: 'The model needs {needed} candles; {loaded} are loaded.',
    means: 'No P(liquidation) can be read from so short a history.',
    next: 'Import more history, or move to a later bar.',
  },
  'folder-locked': {
    happened: 'Another Size Picker (process {pid}) is using the data folder {folder}.',
    means: 'Two apps writing one folder would corrupt it, so this one stopped.',
    next: 'Close the other one, or pass another folder with --data.',
  },
  'folder-unusable': {
    happened: 'The data folder {folder} cannot be used: {problem}.',
    means: 'Nothing can be stored there.',
    next: 'Pass another folder with --data, or free the space and the permissions.',
  },
  'read-only': {
    happened: 'The data folder {folder} is open for reading only.',
    means: 'Another Size Picker may be using it, so nothing was changed.',
    next: 'Close that one and open the folder for writing.',
  },
  'store-newer': {
    happened:
      'The data folder was written by a newer Size Picker (schema {found}; this one knows {known}).',
    means: 'Opening it could damage it, so it was left as it is.',
    next: 'Update Size Picker, or pass another folder with --data.',
  },
  'store-damaged': {
    happened: 'The database is damaged: {problem}.',
    means: 'It was moved aside to {aside}; nothing was deleted.',
    next: 'Start again to continue with {recovery}.',
  },
  'file-unwritable': {
    happened: 'The file {file} could not be written: {problem}.',
    means: 'No file was left behind.',
    next: 'Choose another place, or free the space and the permissions.',
  },
  'not-printed': {
    happened: 'The report could not be printed: {problem}.',
    means: 'No PDF was written.',
    next: 'Export it as HTML, open that with a browser and print it there.',
  },
  'file-unreadable': {
    happened: 'The file {file} could not be read: {problem}.',
    means: 'Nothing was read.',
    next: 'Check the path and the permissions.',
  },
  'file-too-large': {
    happened: 'The file {file} is larger than {megabytes} MB.',
    means: 'Nothing was imported.',
    next: 'Split it by year, or import it with the command line.',
  },
  'upload-gone': {
    happened: 'The chosen file is no longer held by the app.',
    means: 'Nothing was imported.',
    next: 'Choose the file again.',
  },
  'dataset-origin': {
    happened: 'The dataset "{name}" was drawn from {problem}.',
    means: 'Its candles cannot be drawn again, so nothing was read.',
    next: 'Generate it again, or bring back what it was drawn from.',
  },
  'no-dataset': {
    happened: 'There is no dataset named "{name}".',
    means: 'Nothing was read.',
    next: 'List the datasets, or generate it first.',
  },
  'quota-unmet': {
    happened:
      'Of {drawn} simulated trades {found} had a {class} best size where {needed} are wanted: {why}.',
    means: 'No dataset was stored.',
    next: 'Grant a higher leverage, choose another exit rule, or generate the natural mix.',
  },
  'dataset-damaged': {
    happened: 'The dataset "{name}" is damaged: {problem}.',
    means: 'Its trades cannot be trusted, so none were read.',
    next: 'Delete it and generate it again with: {command}',
  },
  'trades-damaged': {
    happened: 'Stored trades are damaged: {problem}.',
    means: 'They cannot be trusted, so none were read.',
    next: 'Delete the dataset and generate it again; the command that makes it stands in its details.',
  },
  'series-damaged': {
    happened: 'Bars of the series "{name}" are gone: {problem}.',
    means: 'Nothing was computed from the rest.',
    next: 'Import its file again under another name.',
  },
  'bad-dataset-file': {
    happened: 'The file {file} is not a dataset that can be read: {problem}.',
    means: 'Nothing was stored.',
    next: 'Choose a Parquet file that Size Picker wrote and nobody changed.',
  },
  'no-job': {
    happened: 'There is no such job to {wish}: it has ended or never was.',
    means: 'Nothing was changed.',
    next: 'Look at the list of jobs again.',
  },
  'unknown-work': {
    happened: 'The job is not one that this version can do: {problem}.',
    means: 'It was not begun; nothing else was changed.',
    next: 'Discard it and start it anew, or do it with the version that made it.',
  },
  'not-after': {
    happened: 'It was to follow "{title}", which failed.',
    means: 'It was not begun.',
    next: 'Start it anew when what it needs is there.',
  },
  cancelled: {
    happened: 'It was cancelled.',
    means: 'Nothing of it was kept.',
    next: 'Start it again when it suits.',
  },
  'name-taken': {
    happened: 'The name "{name}" is taken: {taken}.',
    means: 'Nothing was stored.',
    next: 'Choose another name (add a number or a date), or delete what has it.',
  },
  'bars-differ': {
    happened: 'The bar of {time} is stored as {stored}; the file has {found}.',
    means: 'Two sources of one series disagree, so nothing of the file was stored.',
    next: 'Import the file under another name, or check its symbol and its clock.',
  },
  'import-refused': {
    happened: 'The file was not imported: {problem} (Problems in all: {count}.)',
    means: 'Not one bar was stored.',
    next: '{next}',
  },
  'not-a-statement': {
    happened: 'This is no statement of trades that is known: {problem}.',
    means: 'No trade was read.',
    next: 'Export the account history of MetaTrader 4 or 5, or of cTrader in English, or write the trades as the CSV of .github/STATEMENTS.md; candles are another import.',
  },
  'statement-cut': {
    happened: 'The statement was cut off: {problem}.',
    means: 'The trades that should follow are missing, so none was read.',
    next: 'Export it again and copy the whole file.',
  },
  'statement-words': {
    happened: 'The statement calls its trades {words}, not buy and sell.',
    means: 'Which trades are long and which are short is not known, so none was read.',
    next: 'Set the terminal to English and export it again.',
  },
  'statements-mixed': {
    happened: 'The file holds {what}.',
    means: 'They cannot be told apart trade by trade, so none was read.',
    next: 'Export each account into a file of its own.',
  },
  'no-gold-trades': {
    happened: 'The statement holds no trade of gold: {found}.',
    means: 'There is nothing to import.',
    next: 'If your broker has another name for gold, name it (--symbol on the command line), or export a span with trades.',
  },
  'finer-step': {
    happened: 'The series {name} has {stored} bars, so it cannot be shown in {asked}.',
    means: 'Bars can be put together, but not taken apart.',
    next: 'Choose {stored} or a longer step, or import finer bars.',
  },
  'feed-refused': {
    happened: 'The feed cannot be turned on: {problem}.',
    means: 'No new bars come; what is on screen stays as it is.',
    next: '{next}',
  },
  'no-token': {
    happened: 'No OANDA token is kept that can be read.',
    means: 'Without it OANDA sends no prices.',
    next: 'Enter the token of your account, then turn the feed on.',
  },
  'app-gone': {
    happened: 'The app behind this window has stopped.',
    means: 'What is on screen stays, but nothing can be read or recorded.',
    next: 'Start Size Picker again; a window that is still open reconnects if the app returns.',
  },
  internal: {
    happened: 'An unexpected fault: {problem}.',
    means: 'The action was not finished. What was stored before is untouched.',
    next: 'Try again; if it stays, report it with this text.',
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as it crosses a process: plain data. */
export interface Fault {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly happened: string;
  readonly means: string;
  readonly next: string;
}

/** A text of a table with its `{name}`s filled in. */
export const fill = (text: string, details: ErrorDetails) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));

/** The only error that handlers, stores and importers throw on purpose. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fill(ERRORS[code].happened, details), options);
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
  }

  toFault(): Fault {
    const { happened, means, next } = ERRORS[this.code];
    const { code, details } = this;
    return {
      code,
      details,
      happened: fill(happened, details),
      means: fill(means, details),
      next: fill(next, details),
    };
  }
}

/** Any thrown value as a fault: unknown ones become `internal`, never silence. */
export function faultOf(error: unknown): Fault {
  if (error instanceof CodedError) return error.toFault();
  const problem = error instanceof Error ? error.message : String(error);
  return new CodedError('internal', { problem }).toFault();
}
