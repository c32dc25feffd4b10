import { ounces } from '#domain/size.ts';
import type {
  JournalWriting,
  ReviewAccount,
  ReviewedTradeView,
  ReviewFilter,
  ReviewPage,
  ReviewQuery,
  ReviewRow,
} from '#contract/journal.ts';
import type { CallRequest } from '#contract/calls.ts';
import type { ReviewOrder } from '#contract/journal-words.ts';
import type { Client } from '#contract/transport.ts';
import type { SizeIndex } from '#domain/units.ts';
import type { Notices } from '../lib/notices.svelte.ts';
import type { SettingsState } from '../lib/settings.svelte.ts';

/** Rows held around the view. */
const ROWS_HELD = 200;
/** The size that every trade is also settled at: a third of the ladder. */
const FIXED = ounces(10 as SizeIndex);

const ANY: ReviewFilter = {
  source: null,
  account: null,
  direction: null,
  outcome: null,
  text: '',
};

/** A table, or a report of one page. */
export type ExportFormat = CallRequest<'journal.export'>['format'];

type Account = Omit<ReviewAccount, 'fixed' | 'ofDecisions'>;

/** The trader's past trades, in the account of the settings or in one that is tried on. */
export class History {
  filter = $state.raw(ANY);
  sort = $state.raw<ReviewQuery['sort']>({ by: 'entry', descending: true });
  /** The trades of the filter and their results; null before they are read. */
  page = $state.raw<ReviewPage | null>(null);
  /** The trade in the drawer. */
  key = $state.raw<string | null>(null);
  view = $state.raw<ReviewedTradeView | null>(null);
  /** What is tried on in place of the settings. */
  #tried = $state.raw<Partial<Account>>({});
  #rows = $state.raw<{ readonly first: number; readonly rows: readonly ReviewRow[] }>({
    first: 0,
    rows: [],
  });
  #first = 0;
  #isDue = false;
  #reading = false;
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #settings: SettingsState;

  constructor(client: Client, notices: Notices, settings: SettingsState) {
    this.#client = client;
    this.#notices = notices;
    this.#settings = settings;
    const again = () => {
      if (this.page) void this.load();
    };
    client.on('journal.changed', again);
    client.on('decisions.changed', again);
    client.on('series.changed', again);
    client.on('series.grew', again);
    client.on('models.changed', again);
  }

  readonly account = $derived.by((): ReviewAccount => {
    const { equity, rules, appetite, policy } = this.#settings.current;
    const ofDecisions = this.isTrying ? 'tried' : 'recorded';
    return { equity, rules, appetite, policy, ...this.#tried, fixed: FIXED, ofDecisions };
  });
  readonly isTrying = $derived(Object.keys(this.#tried).length > 0);
  readonly isFiltered = $derived(this.filter !== ANY);

  /** Looks at all trades in another account. */
  try(change: Partial<Account>): void {
    this.#tried = { ...this.#tried, ...change };
    void this.load();
  }

  /** Back to the account of the settings. */
  stopTrying(): void {
    this.#tried = {};
    void this.load();
  }

  narrow(change: Partial<ReviewFilter>): void {
    const wanted = { ...this.filter, ...change };
    const isAny = (Object.keys(ANY) as (keyof ReviewFilter)[]).every(
      (name) => wanted[name] === ANY[name],
    );
    this.filter = isAny ? ANY : wanted;
    this.#first = 0;
    void this.load();
  }

  clearFilter(): void {
    this.narrow(ANY);
  }

  /** By a column; by the same one the other way round. */
  sortBy(by: ReviewOrder): void {
    const descending = this.sort.by === by ? !this.sort.descending : true;
    this.sort = { by, descending };
    void this.load();
  }

  rowAt(place: number): ReviewRow | undefined {
    return this.#rows.rows[place - this.#rows.first];
  }

  /** Where the open trade stands in the table, if its row is held. */
  get place(): number | null {
    const at = this.#rows.rows.findIndex(({ key }) => key === this.key);
    return at < 0 ? null : this.#rows.first + at;
  }

  /** Has the rows of places [from, to) read. */
  show(from: number, to: number): void {
    const { first, rows } = this.#rows;
    const total = this.page?.matching ?? 0;
    if (from >= first && Math.min(to, total) <= first + rows.length) return;
    this.#first = Math.max(0, Math.floor((from + to - ROWS_HELD) / 2));
    void this.load();
  }

  /** Opens a trade in the drawer. */
  async open(key: string | null): Promise<void> {
    this.key = key;
    if (key === null) this.view = null;
    else await this.#readTrade();
  }

  /** The trade so many rows on. */
  step(rows: number): void {
    const at = this.place;
    const row = at === null ? this.rowAt(0) : this.rowAt(at + rows);
    if (row) void this.open(row.key);
  }

  /** Writes beside a trade; what was written before stays in the journal. */
  async write(writing: JournalWriting): Promise<void> {
    const answer = await this.#client.call('journal.write', writing);
    if (!answer.ok) this.#notices.show(answer.fault);
  }

  /** Writes the trades of the filter to a file, and says where it is. */
  async export(format: ExportFormat): Promise<void> {
    const { account, filter, sort } = this;
    const answer = await this.#client.call('journal.export', {
      query: { account, filter, sort },
      format,
    });
    if (!answer.ok) return this.#notices.show(answer.fault);
    const { file, isPdf } = answer.value;
    const print = format === 'pdf' && !isPdf ? ' This shell prints no PDF: open it and print.' : '';
    this.#notices.tell({ text: `Written to ${file}.${print}` });
  }

  /** Reads all that is shown. While one answer is on its way the last wish waits. */
  async load(): Promise<void> {
    this.#isDue = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#isDue) {
      this.#isDue = false;
      const first = this.#first;
      const { account, filter, sort } = this;
      const wish = { account, filter, sort, first, count: ROWS_HELD };
      const answer = await this.#client.call('journal.review', wish);
      if (!answer.ok) {
        this.#notices.show(answer.fault);
        break;
      }
      this.page = answer.value;
      this.#rows = { first, rows: answer.value.rows };
      if (this.key !== null) await this.#readTrade();
    }
    this.#reading = false;
  }

  async #readTrade(): Promise<void> {
    const { key, account } = this;
    if (key === null) return;
    const answer = await this.#client.call('journal.trade', { key, account });
    if (key !== this.key) return;
    if (answer.ok) this.view = answer.value;
    else {
      this.key = null;
      this.view = null;
      this.#notices.show(answer.fault);
    }
  }
}
