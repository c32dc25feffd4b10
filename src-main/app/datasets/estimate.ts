import { availableParallelism } from 'node:os';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { runOf } from './generate.ts';
import type { GenerationEstimate, GenerationPlan } from '../../contract/datasets.ts';
import type { Probe } from '../../jobs/work/probe-generation.ts';
import type { Store } from '../../store/store.ts';

/** By class every trade is kept twice: in its class, and in the balanced set or the rest. */
const COPIES = { 'by-class': 2, natural: 1 } as const;

/** Tells what plans will take, from a small sample of each kind that is drawn once. */
export class Estimator {
  readonly #store: Store;
  readonly #probes = new Map<string, Promise<Probe>>();

  constructor(store: Store) {
    this.#store = store;
  }

  async estimate(plan: GenerationPlan): Promise<GenerationEstimate> {
    const { spec, source, names } = runOf(this.#store, plan);
    const kind = JSON.stringify([plan.kind, plan.exit, plan.leverage, plan.market, spec.mix]);
    let probe = this.#probes.get(kind);
    if (!probe) {
      probe = runInWorker('probe-generation', { source, spec }, {});
      this.#probes.set(kind, probe);
      probe.catch(() => this.#probes.delete(kind));
    }
    const { drawn, tradesASecond, bytesATrade } = await probe;
    const all = drawn.small + drawn.mid + drawn.big;
    const rarest = Math.min(drawn.small, drawn.mid, drawn.big) / all;
    const simulated =
      plan.kind === 'natural' ? plan.trades : rarest > 0 ? plan.trades / rarest : null;
    const trades = plan.kind === 'natural' ? plan.trades : 3 * plan.trades;
    return {
      names: [...names],
      taken: names.filter((name) => this.#store.datasets.find(name)),
      trades,
      simulated: simulated === null ? null : Math.round(simulated),
      seconds: simulated === null ? null : simulated / tradesASecond / availableParallelism(),
      bytes: Math.round(COPIES[plan.kind] * trades * bytesATrade),
    };
  }
}
