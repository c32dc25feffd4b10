import { verdictOf } from '../../domain/verdict.ts';
import { number } from '../../domain/wording.ts';
import { html, type Html } from './html.ts';
import {
  between,
  deskPolicy,
  groupName,
  NO_VALUE,
  percent,
  policyName,
  signed,
  TOLD_AT,
} from './words.ts';
import type { Evaluation, JudgedGroup, JudgedModel, PolicyResult } from '../../contract/court.ts';

const score = (value: number | null | undefined, digits: number) =>
  value == null ? NO_VALUE : number(value, digits);
const percents = (value: number) => percent(value);
const signedPercents = (value: number) => signed(value * 100, 2);

/** A table whose first column is a name; `first`: whether its first row stands out. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
  first = false,
): Html {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${header.map((name) => html`<th>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells, i) =>
            html`<tr class="${first && i === 0 ? 'first' : ''}">
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The verdict on a row, by its whole interval. */
function verdict({ threshold, realisedInterval }: PolicyResult): Html | string {
  if (threshold === null) return NO_VALUE;
  const word = verdictOf(realisedInterval, threshold);
  return html`<span class="${word}">${word}</span>`;
}

const rate = (row: PolicyResult) =>
  html`${percent(row.realised)}
    <span class="quiet">${between(row.realisedInterval, percents)}</span> ${verdict(row)}`;

/** Every model in one row: its probabilities, and what it came to at each threshold. */
export const methodTable = (models: readonly JudgedModel[]) =>
  table(
    [
      'Model',
      'Log loss',
      'Brier',
      'AUC',
      'ECE %',
      'Falls',
      ...['5%', '10%', '20%'].map((at) => `Liquidated % at ${at}`),
      'Average ret %',
      'Median %',
      'Log growth',
      'Regret %',
      'Size %',
    ],
    models.map((model) => {
      const told = deskPolicy(model, TOLD_AT);
      return [
        model.name,
        score(model.scores?.logLoss, 4),
        score(model.scores?.brier, 4),
        score(model.scores?.auc, 3),
        score(model.scores && model.scores.ece * 100, 2),
        score(model.scores?.violations, 0),
        ...[0.05, 0.1, 0.2].map((threshold) => rate(deskPolicy(model, threshold))),
        signedPercents(told.meanReturn),
        signedPercents(told.medianReturn),
        signed(told.logGrowth, 4),
        percent(told.regret),
        percent(told.meanShare, 0),
      ];
    }),
    true,
  );

/** Every way of choosing a size. */
export const policyTable = (models: readonly JudgedModel[]) =>
  table(
    [
      'Model',
      'Size',
      'Threshold %',
      'Factor',
      'Taken',
      'Stood aside',
      'Liquidated %',
      'Average ret %',
      '95% by month',
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
        number(row.taken, 0),
        number(row.stoodAside, 0),
        rate(row),
        signedPercents(row.meanReturn),
        between(row.meanReturnInterval, signedPercents),
        signedPercents(row.medianReturn),
        signed(row.logGrowth, 4),
        percent(row.regret),
        percent(row.meanShare, 0),
      ]),
    ),
  );

export const equalSizeTable = (rows: Evaluation['equalSize']) =>
  table(
    ['Model', 'Limit %', 'Liquidated %', '95% by month', 'Average ret %', 'Regret %', 'Size %'],
    rows.map((row) => [
      row.model,
      percent(row.threshold, 2),
      percent(row.realised),
      between(row.realisedInterval, percents),
      signedPercents(row.meanReturn),
      percent(row.regret),
      percent(row.meanShare, 0),
    ]),
    true,
  );

/** Log loss, and liquidations at the told threshold, of every model by direction and year. */
export const groupTable = (groups: readonly JudgedGroup[]) =>
  table(
    ['Trades of', 'n', 'Months', ...groups[0]!.models.map(({ name }) => name)],
    groups.map((group) => [
      groupName(group),
      number(group.trades, 0),
      group.months,
      ...group.models.map(
        (model) =>
          html`${score(model.scores?.logLoss, 4)}
            <span class="quiet">${percent(deskPolicy(model, TOLD_AT).realised)}%</span>`,
      ),
    ]),
  );

/** Share of the trades by how much more the best size in hindsight would have brought. */
export function regretTable(models: readonly JudgedModel[], edges: readonly number[]): Html {
  const shown = edges.map((edge) => percent(edge, 0));
  return table(
    [
      'Model',
      ...shown.map((from, i) =>
        i + 1 < shown.length ? `${from} to ${shown[i + 1]}` : `${from} and more`,
      ),
    ],
    models.map(({ name, regretShares }) => [
      name,
      ...regretShares.map(
        (share) =>
          html`<span class="share" style="--of:${(share * 100).toFixed(0)}%"
            >${percent(share)}</span
          >`,
      ),
    ]),
    true,
  );
}
