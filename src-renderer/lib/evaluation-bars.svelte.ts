import { FITTED_UNTIL, isFittedTo } from '#domain/held-out.ts';
import { isoDay } from './format.ts';
import type { SeriesInfo, Span } from '#contract/series.ts';
import type { UtcSeconds } from '#domain/units.ts';
import type { Catalogue } from './catalogue.svelte.ts';

export type DayField = 'from' | 'to';

const DAY = 86_400;

/** The real bars that models are evaluated on: a series, and whole days, the last one included. */
export class EvaluationBars {
  /** As they were typed; null for all that the series holds from the day that the market was fitted to. */
  #from = $state<string | null>(null);
  #to = $state<string | null>(null);
  /** Undefined until one is chosen; null for none: nothing is evaluated. */
  #series = $state<string | null | undefined>(undefined);
  readonly #catalogue: Catalogue;

  readonly choices = $derived.by(() =>
    this.#catalogue.series.filter(({ synthetic, timeframe }) => !synthetic && timeframe === 'H1'),
  );
  readonly series = $derived.by((): SeriesInfo | null => {
    if (this.#series === null) return null;
    return this.choices.find(({ name }) => name === this.#series) ?? this.choices[0] ?? null;
  });
  readonly from = $derived(this.#from ?? firstDay(this.series));
  readonly to = $derived(this.#to ?? (this.series ? isoDay(this.series.to) : ''));
  readonly #start = $derived(timeOf(this.from));
  readonly #end = $derived(timeOf(this.to) + DAY);

  readonly problems = $derived.by((): Readonly<Partial<Record<DayField, string>>> => {
    const { series } = this;
    if (!series) return {};
    const [first, last] = [isoDay(series.from), isoDay(series.to)];
    if (Number.isNaN(this.#start)) return { from: 'A day is written 2023-01-01.' };
    if (Number.isNaN(this.#end)) return { to: 'A day is written 2023-12-31.' };
    if (this.#end <= this.#start) return { to: 'The last day lies before the first.' };
    if (this.#start > series.to) return { from: `${series.name} ends on ${last}.` };
    if (this.#end <= series.from) return { to: `${series.name} begins on ${first}.` };
    return {};
  });
  /** Whether the market was fitted to some of the bars, so that they are not held out. */
  readonly wasFitted = $derived(this.series !== null && isFittedTo(this.#start));

  /** Null where nothing is evaluated. */
  readonly span = $derived.by(
    (): Span | null =>
      this.series && {
        series: this.series.name,
        from: this.#start as UtcSeconds,
        to: this.#end as UtcSeconds,
      },
  );

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Null for none. Days that were typed for another series say nothing of this one. */
  choose(series: string | null): void {
    this.#series = series;
    this.#from = this.#to = null;
  }

  type(field: DayField, day: string): void {
    if (field === 'from') this.#from = day;
    else this.#to = day;
  }

  adopt(span: Span | null): void {
    this.#series = span?.series ?? null;
    this.#from = span && isoDay(span.from);
    this.#to = span && isoDay((span.to - DAY) as UtcSeconds);
  }
}

function firstDay(series: SeriesInfo | null): string {
  if (!series) return '';
  return isoDay(series.to > FITTED_UNTIL && isFittedTo(series.from) ? FITTED_UNTIL : series.from);
}

/** Midnight UTC of "2023-12-22"; NaN where it is no such day. */
function timeOf(day: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day.trim()) ? Date.parse(day.trim()) / 1000 : NaN;
  return Number.isFinite(time) && isoDay(time as UtcSeconds) === day.trim() ? time : NaN;
}
