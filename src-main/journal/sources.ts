import type { RecordedDecision } from '../contract/desk.ts';
import type { JournalEntry, KeptTrade } from '../contract/journal.ts';
import type { ModelInfo } from '../contract/models.ts';
import type { SeriesInfo, Timeframe } from '../contract/series.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { RiskCurve } from '../domain/risk/risk-curve.ts';
import type { Direction } from '../domain/units.ts';

/** Names a kept trade, whichever import it stands on. */
export const keyOf = ({ account, ticket }: Pick<KeptTrade, 'account' | 'ticket'>) =>
  `t${account}:${ticket}`;

/** Entries are added and never changed or removed: the newest of a kind is what holds. */
export interface EntryRows {
  write(entry: JournalEntry): void;
  /** The newest of each subject of a kind, by subject. */
  newest(kind: string): Map<string, JournalEntry>;
}

/** Stored series, whole. */
export interface StoredSeries {
  list(): SeriesInfo[];
  /** Throws `no-series`. */
  bars(name: string): Bars;
}

/** The rows that the journal stands on. */
export interface JournalRows {
  readonly decisions: { list(): RecordedDecision[] };
  readonly statements: { trades(): KeptTrade[] };
  readonly journalEntries: EntryRows;
  readonly series: Pick<StoredSeries, 'list'>;
}

/** A series in its own step (null) or a longer one. Throws `no-series`, `finer-step`. */
export interface SeriesInSteps {
  read(name: string, timeframe: Timeframe | null): { readonly bars: Bars };
}

/** A model that can be asked what it would have said. */
export interface JournalModel {
  readonly info: ModelInfo;
  readonly stored: { readonly exitRule: ExitRule; readonly barSeconds: number };
  curve(bars: Bars, at: number, direction: Direction): RiskCurve;
}

/** The model of a name, or the one in use (null); null where there is none. */
export type ModelNamed = (name: string | null) => JournalModel | null;
