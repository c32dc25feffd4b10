import { DEFAULT_APPETITE } from '../../../domain/risk/decision.ts';
import { number, penaltyText } from '../../../domain/answer/wording.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';
import type { Recommendation } from '../../../contract/desk.ts';

export const recommend = command({
  name: 'recommend',
  summary: 'The largest size that survives, and the ladder of all 30, at one bar',
  options: {
    series: option.optional(option.text('NAME', 'imported series to read')),
    candles: option.optional(option.text('FILE', 'or a candle file that is read and not stored')),
    clock: option.byDefault(option.clock, 'auto'),
    at: option.optional(
      option.time('decide at the last bar closed by then; without it, the newest'),
    ),
    ...accountOptions,
    equity: option.required(option.equity),
    direction: option.required(option.direction),
    threshold: option.byDefault(option.threshold, DEFAULT_APPETITE.threshold),
    'safety-factor': option.byDefault(option.safetyFactor, DEFAULT_APPETITE.safetyFactor),
    policy: option.byDefault(option.policy, 'largest-safe'),
  },
  run: async ({ options, call, print }) => {
    const { series, candles, clock, at = null } = options;
    if ((series === undefined) === (candles === undefined)) {
      option.refuse('Give either --series or --candles.');
    }
    const recommended = await call('desk.recommend', {
      bars: candles === undefined ? { series: series! } : { file: candles, clock },
      at,
      equity: options.equity,
      direction: options.direction,
      rules: rulesOf(options),
      appetite: { threshold: options.threshold, safetyFactor: options['safety-factor'] },
      policy: options.policy,
    });
    if (!recommended) option.refuse('--at is before the first bar closed.');
    print(recommended, textOf);
  },
});

const percent = (share: number | null) => (share === null ? '—' : number(share * 100, 2));

function textOf(told: Recommendation): string {
  const origin =
    told.safetyFactor === null
      ? penaltyText(told.limit, told.model?.kind ?? null)
      : 'threshold x safety factor';
  const limit = `limit ${percent(told.limit)}% = ${origin}`;
  const rows = told.ladder.map((rung) => [
    rung.size.toFixed(2),
    percent(rung.pLiquidation),
    percent(rung.expectedReturn),
    rung.liquidationPrice <= 0 ? 'never' : rung.liquidationPrice.toFixed(2),
    rung.leverage.toFixed(2),
    !rung.feasible
      ? 'no margin'
      : rung.size === told.recommended?.size
        ? 'use this'
        : rung.pLiquidation === null
          ? 'no model'
          : rung.pLiquidation < told.limit
            ? 'under'
            : 'over',
  ]);
  return [
    told.recommended ? `${told.recommended.size.toFixed(2)} oz ${told.direction}` : 'Stand aside',
    told.why,
    ...(told.warning ? [told.warning] : []),
    `${told.series} at ${told.price}, ${told.asOf}; ${limit}`,
    '',
    textTable(['Size oz', 'P(liq) %', 'E[ret] %', 'Liq. price', 'Leverage', 'State'], rows),
  ].join('\n');
}
