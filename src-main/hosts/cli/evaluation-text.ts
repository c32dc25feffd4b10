import { textTable } from './table.ts';
import type { evaluationJson } from '../../app/evaluate.ts';

type EvaluationJson = ReturnType<typeof evaluationJson>;

const percent = (share: number, digits = 1) =>
  Number.isFinite(share) ? (share * 100).toFixed(digits) : '—';
const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
const interval = (bounds: { low: number; high: number } | null, show: (n: number) => string) =>
  bounds ? `${show(bounds.low)} to ${show(bounds.high)}` : '—';

/** The court as text: scores, what each policy came to, by direction and year, and the fine print. */
export function evaluationText(told: EvaluationJson): string {
  const [all, ...parts] = told.groups;
  return [
    `${told.model} on ${told.series}, ${told.from} to ${told.to}: ${told.trades} trades, exit ${told.exit}`,
    ...(told.exit === told.modelExit
      ? []
      : [`The model was trained for ${told.modelExit}: these scores are for another rule.`]),
    '',
    textTable(
      ['Model', 'Log loss', 'Brier', 'AUC', 'ECE', 'Falls with size'],
      all!.models.map(({ name, scores: s }) => [
        name,
        s.logLoss.toFixed(4),
        s.brier.toFixed(4),
        Number.isFinite(s.auc) ? s.auc.toFixed(3) : '—',
        s.ece.toFixed(4),
        s.violations,
      ]),
    ),
    '',
    `What ${all!.models[0]!.name} said and what came, over (trade, feasible rung); overlapping trades, so rough`,
    textTable(
      ['Said %', 'Came %', 'Pairs'],
      all!.models[0]!.scores.reliability.map(({ meanProbability, frequency, count }) => [
        percent(meanProbability),
        percent(frequency),
        count,
      ]),
    ),
    '',
    'Log loss against the volatility rule, 95% over resampled months (below 0: better)',
    ...told.differences.map(
      ({ model, difference, interval: bounds }) =>
        `  ${model.padEnd(10)} ${signed(difference, 4)}, ${interval(bounds, (n) => signed(n, 4))}`,
    ),
    '',
    'Largest safe size: what each came to',
    textTable(
      [
        'Model',
        'Threshold %',
        'x',
        'Taken',
        'Liquidated %',
        '95% by month',
        'Mean ret %',
        'Median %',
        'Log growth',
        'Regret %',
        'Size %',
      ],
      all!.models.flatMap(({ name, policies }) =>
        policies.map((row) => [
          name,
          percent(row.threshold, 0),
          row.safetyFactor,
          row.taken,
          percent(row.realised),
          interval(row.realisedInterval, (n) => percent(n)),
          percent(row.meanReturn, 2),
          percent(row.medianReturn, 2),
          row.logGrowth.toFixed(4),
          percent(row.regret),
          percent(row.meanShare, 0),
        ]),
      ),
    ),
    '',
    'At equal mean size (share of what margin allows)',
    textTable(
      ['Model', 'Limit %', 'Liquidated %', '95% by month', 'Size %'],
      told.equalSize.map((row) => [
        row.model,
        row.threshold === null ? '—' : percent(row.threshold),
        percent(row.realised),
        interval(row.realisedInterval, (n) => percent(n)),
        percent(row.meanShare, 0),
      ]),
    ),
    '',
    'By direction and year: log loss, and share liquidated at 10% x 0.6',
    textTable(
      ['Trades of', 'n', ...all!.models.map(({ name }) => name), 'V3 liquidated %'],
      parts.map(({ name, trades, models }) => [
        name,
        trades,
        ...models.map(({ scores }) => scores.logLoss.toFixed(4)),
        percent(
          models[0]!.policies.find((row) => row.threshold === 0.1 && row.safetyFactor < 1)!
            .realised,
        ),
      ]),
    ),
    '',
    told.assumptions,
  ].join('\n');
}
