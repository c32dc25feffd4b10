import { CodedError } from '../../contract/errors.ts';
import { EXIT_RULES, type ExitRule } from '../../domain/exits/exit-rule.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { BUNDLED_MARKET, openMarket } from './fit.ts';
import type { MarketFacts } from '../../contract/datasets.ts';
import type { NamedBars } from '../../jobs/work/market-facts.ts';
import type { Store } from '../../store/store.ts';
import type { MarketSource } from '../../synth/market.ts';

export interface FactsPlan {
  /** Series to hold the market against; null: the bars that it was fitted to. */
  readonly series: string | null;
  readonly exit?: ExitRule;
  /** Name of the fitted market. */
  readonly market: string;
}

/**
 * Stylised facts of a series beside those of a fitted market. Blocks of real bars, and a mix with
 * them, only where the bars that the market was fitted to are stored; where those are the ones asked
 * for and are not, their facts as a whole stand in. Throws `no-series`, and `bad-argument` for a
 * series that cannot be compared.
 */
export async function marketFactsOf(
  store: Store,
  { series, exit = EXIT_RULES.cross, market }: FactsPlan,
): Promise<readonly MarketFacts[]> {
  const source = openMarket(store, market);
  const real = realBars(store, source, series);
  const { facts } = await runInWorker('market-facts', { source, real, exit }, {});
  return facts;
}

function realBars(
  store: Store,
  { parameters, bootstrapSource }: MarketSource,
  series: string | null,
): NamedBars | null {
  if (series === null) {
    const name = parameters.provenance.seriesName;
    const info = store.series.list().find((stored) => stored.name === name);
    return bootstrapSource && { name, real: !info?.synthetic, bars: bootstrapSource };
  }
  const { synthetic, timeframe } = store.series.info(series);
  if (timeframe !== 'H1') {
    const problem = `The synthetic market is hourly, and the bars of ${series} are not`;
    throw new CodedError('bad-argument', { problem });
  }
  return { name: series, real: !synthetic, bars: store.series.bars(series) };
}

/** The facts that the window shows, beside the bundled market, kept until a series changes. */
export class FactsCache {
  readonly #store: Store;
  readonly #held = new Map<string | null, Promise<readonly MarketFacts[]>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Rejects with what `marketFactsOf` throws. */
  async read(series: string | null): Promise<MarketFacts[]> {
    let facts = this.#held.get(series);
    if (!facts) {
      facts = marketFactsOf(this.#store, { series, market: BUNDLED_MARKET });
      this.#held.set(series, facts);
      facts.catch(() => this.#held.delete(series));
    }
    return [...(await facts)];
  }

  forget(): void {
    this.#held.clear();
  }
}
