import { stageFile } from '../../lib/staging.ts';
import type { Fault } from '#contract/errors.ts';
import type {
  ClockChoice,
  ImportReport,
  ImportSettings,
  SeriesInfo,
  Timeframe,
} from '#contract/series.ts';
import type { Client } from '#contract/transport.ts';

type Stage = 'staging' | 'reading' | 'ready' | 'importing' | 'done' | 'failed';

/** One file on its way in: handed over, read dry, shown, and imported only when the trader says so. */
export class Importing {
  stage = $state<Stage>('staging');
  /** Share of the present stage that is done, 0 to 1. */
  progress = $state(0);
  report = $state.raw<ImportReport | null>(null);
  fault = $state.raw<Fault | null>(null);
  settings: ImportSettings;
  readonly file: File;
  readonly #client: Client;
  #upload: string | null = null;
  #readings = 0;
  #closed = false;
  readonly #stopListening: () => void;

  /** `upload`: of a file that was handed over already. */
  constructor(client: Client, file: File, upload: string | null = null) {
    this.#client = client;
    this.#upload = upload;
    this.file = file;
    this.settings = $state.raw({ symbol: symbolOf(file.name), clock: 'auto' });
    this.#stopListening = client.on('import.progress', ({ upload, done, total }) => {
      if (upload === this.#upload && total > 0) this.progress = done / total;
    });
  }

  async start(): Promise<void> {
    if (this.#upload !== null) return this.#read();
    const staged = await stageFile(this.#client, this.file, {
      onProgress: (share) => (this.progress = share),
      isWanted: () => !this.#closed,
    });
    if (!staged) return;
    if (!staged.ok) return this.#fail(staged.fault);
    this.#upload = staged.value.upload;
    await this.#read();
  }

  /** Reads the file again with other settings. */
  async change(patch: Partial<ImportSettings>): Promise<void> {
    this.settings = { ...this.settings, ...patch };
    await this.#read();
  }

  /** Imports what the report shows; null where that failed. */
  async commit(): Promise<SeriesInfo | null> {
    this.stage = 'importing';
    this.progress = 0;
    const answer = await this.#client.call('import.commit', {
      upload: this.#upload!,
      settings: this.settings,
    });
    if (!answer.ok) {
      this.fault = answer.fault;
      this.stage = 'ready';
      return null;
    }
    this.stage = 'done';
    return answer.value.series;
  }

  /** Forgets the staged file, unless it was imported. */
  close(): void {
    this.#closed = true;
    this.#stopListening();
    if (this.#upload) void this.#client.call('import.discard', { upload: this.#upload });
  }

  async #read(): Promise<void> {
    const reading = ++this.#readings;
    this.stage = 'reading';
    this.fault = null;
    const answer = await this.#client.call('import.preview', {
      upload: this.#upload!,
      settings: this.settings,
    });
    if (reading !== this.#readings) return;
    if (!answer.ok) return this.#fail(answer.fault);
    this.report = answer.value;
    this.stage = 'ready';
  }

  #fail(fault: Fault): void {
    this.fault = fault;
    this.stage = 'failed';
  }
}

/** Files of bars are named after their symbol, some after the exchange first: FOREXCOM_XAUUSD, 60.csv. */
const symbolOf = (fileName: string) =>
  (/XA[GU][A-Z]{3}/i.exec(fileName) ?? /[A-Z]{6}/i.exec(fileName))?.[0].toUpperCase() ?? 'XAUUSD';

/** The choices of a file's clock, as the sheet names them. */
export const CLOCK_CHOICES: readonly { readonly value: ClockChoice; readonly label: string }[] = [
  { value: 'auto', label: 'Found from the bars' },
  { value: 'utc', label: 'UTC' },
  { value: 'new-york-close', label: 'UTC+2, summer +3 (MetaTrader)' },
  ...[-8, -5, -4, 1, 2, 3, 8, 9].map((hours) => ({
    value: `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`,
    label: `UTC${hours < 0 ? '−' : '+'}${Math.abs(hours)}`,
  })),
];

/** Every timeframe that bars can have, shortest first. */
export const FRAMES = ['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1'] as const satisfies Timeframe[];
