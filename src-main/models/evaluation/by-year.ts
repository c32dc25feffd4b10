import type { LadderModel } from '../ladder-model.ts';

/** A model for each calendar year (UTC) as one model: of a trade speaks that of its entry's year. */
export function byYear(name: string, models: ReadonlyMap<number, LadderModel>): LadderModel {
  const [first] = models.values();
  return {
    name,
    kind: first!.kind,
    opinionAt(bars, at, direction, account) {
      const year = new Date(bars.time[at]! * 1000).getUTCFullYear();
      return models.get(year)!.opinionAt(bars, at, direction, account);
    },
  };
}
