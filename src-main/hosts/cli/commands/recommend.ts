import { barsOfFile } from '../../../app/series/import-file.ts';
import { readDesk } from '../../../app/desk/desk.ts';
import { openJournal } from '../../../app/journal/journal.ts';
import { openModel } from '../../../app/training/model-registry.ts';
import { recommendationJson, type RecommendationJson } from '../../../app/desk/recommend.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { CodedError } from '../../../contract/errors.ts';
import { lastClosedAt } from '../../../domain/bars/bars.ts';
import { DEFAULT_APPETITE } from '../../../domain/risk/decision.ts';
import { number, penaltyText } from '../../../domain/answer/wording.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';
import type { UtcSeconds } from '../../../domain/units.ts';

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
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const { series, candles, clock, at } = options;
      if ((series === undefined) === (candles === undefined)) {
        throw new CodedError('bad-argument', { problem: 'Give either --series or --candles.' });
      }
      const { info, bars } =
        candles === undefined
          ? { info: store.series.info(series!), bars: store.series.bars(series!) }
          : barsOfFile(candles, { symbol: 'FILE', clock });
      const bar = at === undefined ? bars.close.length - 1 : lastClosedAt(bars, at);
      if (bar < 0) {
        throw new CodedError('bad-argument', { problem: '--at is before the first bar closed.' });
      }
      const closedAt = (bars.time[bar]! + bars.stepSeconds) as UtcSeconds;
      const resolved = openJournal(store).resolved(info, closedAt);
      const held = { info, storedAs: info.timeframe, bars };
      const desk = readDesk(held, bar, openModel(store), resolved);
      const account = {
        equity: options.equity,
        direction: options.direction,
        rules: rulesOf(options),
        appetite: { threshold: options.threshold, safetyFactor: options['safety-factor'] },
        policy: options.policy,
      };
      print(recommendationJson(desk, account), textOf);
    }),
});

const percent = (share: number | null) => (share === null ? '—' : number(share * 100, 2));

function textOf(told: RecommendationJson): string {
  const origin = told.safetyFactor === null ? penaltyText(told.limit) : 'threshold x safety factor';
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
