import { CodedError } from '../../contract/errors.ts';
import { ruleOf, type ExitChoice } from '../../domain/exits/exit-rule.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { openMarket } from './fit.ts';
import type { MarketFacts } from '../../contract/datasets.ts';
import type { NamedBars } from '../../jobs/work/market-facts.ts';
import type { Store } from '../../store/store.ts';
import type { MarketSource } from '../../synth/market.ts';

export interface FactsPlan {
  /** Series to hold the market against; null: the bars that it was fitted to. */
  readonly series: string | null;
  readonly exit: ExitChoice;
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
  { series, exit, market }: FactsPlan,
): Promise<readonly MarketFacts[]> {
  const source = openMarket(store, market);
  const real = realBars(store, source, series);
  const order = { source, real, exit: ruleOf(exit) };
  const { facts } = await runInWorker('market-facts', order, {});
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

/** Facts that were asked for, kept until a series or a market changes. */
export class FactsCache {
  readonly #store: Store;
  readonly #held = new Map<string, Promise<readonly MarketFacts[]>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Rejects with what `marketFactsOf` throws. */
  async read(plan: FactsPlan): Promise<MarketFacts[]> {
    const asked = JSON.stringify(plan);
    let facts = this.#held.get(asked);
    if (!facts) {
      facts = marketFactsOf(this.#store, plan);
      this.#held.set(asked, facts);
      facts.catch(() => this.#held.delete(asked));
    }
    return [...(await facts)];
  }

  forget(): void {
    this.#held.clear();
  }
}
