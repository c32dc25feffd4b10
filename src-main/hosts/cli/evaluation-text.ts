import {
  againstRule,
  between,
  deskPolicy,
  differenceText,
  directionsText,
  groupName,
  NO_VALUE,
  otherExit,
  percent,
  policyName,
  RETURNS_NOTE,
  score,
  signed,
  TOLD_AT,
} from '../../contract/evaluation-words.ts';
import { isoTime } from '../../domain/time/time.ts';
import { verdictOf } from '../../domain/stats/verdict.ts';
import { textTable } from './table.ts';
import type {
  Evaluation,
  JudgedGroup,
  JudgedModel,
  PairedDifference,
  PolicyResult,
} from '../../contract/evaluation.ts';

const percentOf = (value: number) => percent(value);
const rateText = ({ realised, realisedInterval }: PolicyResult) =>
  realisedInterval
    ? `${percent(realised)} (${between(realisedInterval, percentOf)})`
    : percent(realised);

/** The court as text: every model side by side, by direction and year, and the fine print. */
export function evaluationText(told: Evaluation): string {
  const [all, ...parts] = told.groups;
  const { models } = all!;
  const [first] = told.plan.models;
  const other = otherExit(told);
  const directions = directionsText(told);
  const spoken = models.find(({ scores }) => scores);
  return [
    `${told.plan.series}, ${isoTime(told.from)} to ${isoTime(told.to)}: ${told.trades} trades in ${all!.months} months, exit ${told.exit}`,
    ...(other ? [other] : []),
    '',
    scoresTable(models),
    'Liquidated %: of the sizes chosen at that threshold, with the margin of safety of the model; 95% by month',
    '',
    `Sizes chosen at ${percent(TOLD_AT, 0)}%`,
    sizesTable(models),
    RETURNS_NOTE,
    ...(directions ? [directions] : []),
    '',
    `What ${spoken!.name} said and what came, over (trade, feasible rung)`,
    reliabilityTable(spoken!),
    '',
    'Log loss against the volatility rule, 95% by month (below 0: better)',
    ...againstRule(told).map((row) => `  ${row.model}: ${differenceText(row)}`),
    '',
    `${first} against each other one on the same trades, 95% by month`,
    ...models.slice(1).flatMap(({ name }) => differenceLines(told.differences, first!, name)),
    '',
    'At equal mean size (share of what margin allows)',
    equalSizeTable(told.equalSize),
    '',
    `By direction and year: log loss, then % liquidated at ${percent(TOLD_AT, 0)}%`,
    groupsTable(parts, models),
    '',
    'Every way of choosing a size',
    policiesTable(models),
    '',
    told.assumptions,
  ].join('\n');
}

const scoresTable = (models: readonly JudgedModel[]) =>
  textTable(
    ['Model', 'Log loss', 'Brier', 'AUC', 'ECE', 'Falls', ...['5', '10', '20'].map(liquidatedAt)],
    models.map((model) => [
      model.name,
      score(model.scores?.logLoss, 4),
      score(model.scores?.brier, 4),
      score(model.scores?.auc, 3),
      score(model.scores?.ece, 4),
      score(model.scores?.violations, 0),
      ...[0.05, 0.1, 0.2].map((threshold) => rateText(deskPolicy(model, threshold))),
    ]),
  );
const liquidatedAt = (threshold: string) => `Liquidated % at ${threshold}%`;

const sizesTable = (models: readonly JudgedModel[]) =>
  textTable(
    [
      'Model',
      'Factor',
      'Average ret %',
      '95%',
      'Median %',
      'Log growth',
      'Regret %',
      'Size %',
      'Aside',
    ],
    models.map((model) => {
      const row = deskPolicy(model, TOLD_AT);
      return [model.name, row.safetyFactor, ...returnCells(row), row.stoodAside];
    }),
  );

const returnCells = (row: PolicyResult) => [
  signed(row.meanReturn * 100, 2),
  between(row.meanReturnInterval, (value) => signed(value * 100, 2)),
  signed(row.medianReturn * 100, 2),
  signed(row.logGrowth, 4),
  percent(row.regret),
  percent(row.meanShare, 0),
];

const reliabilityTable = ({ reliability }: JudgedModel) =>
  textTable(
    ['Said %', 'Came %', '95%', 'Pairs'],
    reliability.map(({ meanProbability, frequency, interval, count }) => [
      percent(meanProbability),
      percent(frequency),
      between(interval, percentOf),
      count,
    ]),
  );

function differenceLines(
  differences: readonly PairedDifference[],
  first: string,
  name: string,
): string[] {
  const rows = differences.filter(({ model, against }) => model === first && against === name);
  return [`  ${name}`, ...rows.map((row) => `    ${differenceText(row)}`)];
}

const equalSizeTable = (rows: Evaluation['equalSize']) =>
  textTable(
    ['Model', 'Limit %', 'Liquidated %', 'Average ret %', 'Regret %', 'Size %'],
    rows.map((row) => [
      row.model,
      percent(row.threshold, 2),
      rateText(row),
      signed(row.meanReturn * 100, 2),
      percent(row.regret),
      percent(row.meanShare, 0),
    ]),
  );

function groupsTable(parts: readonly JudgedGroup[], models: readonly JudgedModel[]): string {
  const names = models.map(({ name }) => name);
  return [
    textTable(
      ['Log loss', 'n', ...names],
      parts.map((group) => [
        groupName(group),
        group.trades,
        ...group.models.map(({ scores }) => score(scores?.logLoss, 4)),
      ]),
    ),
    textTable(
      ['Liquidated %', 'n', ...names],
      parts.map((group) => [
        groupName(group),
        group.trades,
        ...group.models.map((model) => percent(deskPolicy(model, TOLD_AT).realised)),
      ]),
    ),
  ].join('\n');
}

const policiesTable = (models: readonly JudgedModel[]) =>
  textTable(
    [
      'Model',
      'Size',
      'Threshold %',
      'Factor',
      'Taken',
      'Liquidated %',
      'Verdict',
      'Average ret %',
      '95%',
      'Median %',
      'Log growth',
      'Regret %',
      'Size %',
    ],
    models.flatMap((model) =>
      model.policies.map((row) => [
        model.name,
        policyName(row),
        percent(row.threshold, 0),
        row.safetyFactor,
        row.taken,
        rateText(row),
        row.threshold === null || row.realised === null
          ? NO_VALUE
          : verdictOf(row.realisedInterval, row.threshold),
        ...returnCells(row),
      ]),
    ),
  );
