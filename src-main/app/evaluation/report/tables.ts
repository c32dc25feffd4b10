import { verdictOf } from '../../../domain/stats/verdict.ts';
import { number } from '../../../domain/answer/wording.ts';
import { html, type Html } from './html.ts';
import {
  between,
  deskPolicy,
  groupName,
  percent,
  policyName,
  score,
  signed,
  signedPercent,
  TOLD_AT,
} from '../../../contract/evaluation-words.ts';
import type {
  Evaluation,
  JudgedGroup,
  JudgedModel,
  PolicyResult,
} from '../../../contract/evaluation.ts';

/** A table; the first `words` columns are names. `leading`: whether its first row stands out. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
  { words = 1, leading = false } = {},
): Html {
  const kind = (column: number) => (column < words ? 'word' : '');
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${header.map((name, i) => html`<th class="${kind(i)}">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells, row) =>
            html`<tr class="${leading && row === 0 ? 'leading' : ''}">
              ${cells.map((cell, column) => html`<td class="${kind(column)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The verdict on a row, by its whole interval. */
function verdict({ threshold, realised, realisedInterval }: PolicyResult): Html | string {
  if (threshold === null || realised === null) return '';
  const word = verdictOf(realisedInterval, threshold);
  return html`<span class="${word}">${word}</span>`;
}

const rate = (row: PolicyResult) =>
  html`${percent(row.realised)}
    <span class="quiet">${row.realisedInterval && between(row.realisedInterval)}</span>
    ${verdict(row)}`;

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
        signedPercent(told.meanReturn),
        signedPercent(told.medianReturn),
        signed(told.logGrowth, 4),
        percent(told.regret),
        percent(told.meanShare, 0),
      ];
    }),
    { leading: true },
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
        signedPercent(row.meanReturn),
        between(row.meanReturnInterval, signedPercent),
        signedPercent(row.medianReturn),
        signed(row.logGrowth, 4),
        percent(row.regret),
        percent(row.meanShare, 0),
      ]),
    ),
    { words: 2 },
  );

export const equalSizeTable = (rows: Evaluation['equalSize']) =>
  table(
    ['Model', 'Limit %', 'Liquidated %', '95% by month', 'Average ret %', 'Regret %', 'Size %'],
    rows.map((row) => [
      row.model,
      percent(row.threshold, 2),
      percent(row.realised),
      between(row.realisedInterval),
      signedPercent(row.meanReturn),
      percent(row.regret),
      percent(row.meanShare, 0),
    ]),
    { leading: true },
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
    { leading: true },
  );
}
