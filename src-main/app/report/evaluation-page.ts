import { isoTime } from '../../domain/time/time.ts';
import { number } from '../../domain/answer/wording.ts';
import { verdictOf } from '../../domain/stats/verdict.ts';
import { directionsChart } from '../../charts/directions.ts';
import { equityChart, equityOf } from '../../charts/equity.ts';
import { realisedChart, withoutMargin } from '../../charts/realised.ts';
import { RELIABILITY_HEADS, reliabilityChart, reliabilityRows } from '../../charts/reliability.ts';
import { modelSeries, swatch, type Series } from '../../charts/series.ts';
import {
  againstRule,
  between,
  deskPolicy,
  differenceText,
  directionsText,
  groupName,
  otherExit,
  percent,
  policyName,
  RETURNS_NOTE,
  score,
  signed,
  signedPercent,
  TOLD_AT,
} from '../../contract/evaluation-words.ts';
import { documentOf, drawing, html, legend, table, type Html } from './html.ts';
import { EVALUATION_STYLE } from './style.ts';
import type {
  Evaluation,
  JudgedGroup,
  JudgedModel,
  PolicyResult,
} from '../../contract/evaluation.ts';

/** Of the charts, in units of the drawing. */
const WIDTH = 520;

/** An evaluation as one page. */
export function evaluationPage(told: Evaluation): string {
  const { plan, groups, differences, trades, bars } = told;
  const [all, ...parts] = groups;
  const { models } = all!;
  const [from, to] = [told.from, told.to].map((time) => isoTime(time).slice(0, 10));
  const title = `${plan.models.join(', ')} on ${plan.series}, ${from} to ${to}`;
  const notes = [otherExit(told), directionsText(told)].filter((note) => note !== null);
  const at = percent(TOLD_AT, 0);
  const body = html`<header>
      <h1>${title}</h1>
      <p>
        ${number(trades, 0)} trades over ${number(bars, 0)} bars in ${all!.months} calendar months,
        exit ${told.exit}; a long and a short every ${plan.every} bars, accounts of seed
        ${plan.seed}.
      </p>
      ${notes.map((note) => html`<p>${note}</p>`)}
    </header>
    <section>
      <h2>Models and baselines</h2>
      ${methodTable(models)}
      <p>
        Liquidated %: of the largest sizes under the limit, with each model's margin of safety, and
        the 95% interval by month. Under and Over only where the whole interval is; else Not
        certain. Returns, regret and size at ${at}%. Falls: steps up a ladder at which P falls.
        ${RETURNS_NOTE}
      </p>
    </section>
    <section class="charts">
      <div>
        <h2>Reliability</h2>
        ${reliability(models)}
      </div>
      <div>
        <h2>Realised against threshold</h2>
        ${realised(models)}
        <h2>${models[0]!.name} by direction and year, at ${at}%</h2>
        <figure>${drawing(directionsChart(parts, TOLD_AT, WIDTH))}</figure>
      </div>
    </section>
    <section>
      <h2>Differences on the same trades</h2>
      <p>Paired, 95% by month; sizes chosen at ${at}%.</p>
      <ul>
        ${againstRule(told).map(
          (row) => html`<li>${row.model} less ${row.against}: ${differenceText(row)}.</li>`,
        )}
      </ul>
      <ul>
        ${models.slice(1).map(({ name }) => {
          const rows = differences.filter(
            ({ model, against }) => model === models[0]!.name && against === name,
          );
          const texts = rows.map(differenceText).join('; ');
          return html`<li>${models[0]!.name} less ${name}: ${texts}.</li>`;
        })}
      </ul>
    </section>
    <section>
      <h2>At equal mean size</h2>
      ${equalSizeTable(told.equalSize)}
    </section>
    <section>
      <h2>By direction and year: log loss, and % liquidated at ${at}%</h2>
      ${groupTable(groups)}
    </section>
    <section>
      <h2>Equity curves</h2>
      ${equity(told, models)}
    </section>
    <section>
      <h2>Regret: % of the trades by how many % of equity the best size would have added</h2>
      ${regretTable(models, told.regretEdges)}
    </section>
    <section>
      <h2>Every way of choosing a size</h2>
      ${policyTable(models)}
    </section>
    <footer>
      <p>${told.assumptions}</p>
      <p>First entry ${isoTime(told.from)}, last ${isoTime(told.to)}.</p>
    </footer>`;
  return documentOf(title, body, EVALUATION_STYLE);
}

const noneDrawn = (what: string) => html`<p>None of these models ${what}.</p>`;
const keyOf = (series: readonly Series[]) =>
  legend(series.map((one) => ({ mark: swatch(one), name: one.name })));

/** What was predicted against what came of it, and how many pairs each point stands on. */
function reliability(models: readonly JudgedModel[]): Html {
  const shown = models.filter(({ scores }) => scores);
  if (shown.length === 0) return noneDrawn('states a P(liquidation)');
  return html`<figure>
    ${keyOf(shown.map((model) => modelSeries(model, models)))}
    ${drawing(reliabilityChart(shown, models, { width: WIDTH, height: 300 }))}
    ${table([`${shown[0]!.name}: predicted %`, ...RELIABILITY_HEADS.slice(1)], reliabilityRows(shown[0]), { words: 0 })}
  </figure>`;
}

/** Liquidations among the largest safe sizes against the threshold that was asked for. */
function realised(models: readonly JudgedModel[]): Html {
  const shown = models.filter((model) => model.realised.length > 0);
  if (shown.length === 0) return noneDrawn('compares with a threshold');
  const series = shown.map((model) => modelSeries(model, models));
  return html`<figure>
    ${keyOf([...series, withoutMargin(series[0]!)])}
    ${drawing(realisedChart(shown, models, TOLD_AT, { width: WIDTH, height: 300 }))}
  </figure>`;
}

/** Sums of returns of one trade at a time, by turns long and short, of every model. */
function equity(told: Evaluation, models: readonly JudgedModel[]): Html {
  const curves = equityOf(told, models, TOLD_AT);
  const [first] = curves;
  if (!first) return html`<p>No trade begins after another has ended.</p>`;
  return html`<figure class="wide">
    ${drawing(equityChart(curves, models, { width: 820, height: 320 }))}
    <p>
      ${number(first.times.length, 0)} trades one at a time, by turns long and short, sizes chosen
      at ${percent(TOLD_AT, 0)}% with the margin of safety; sum of returns in % of the equity at
      each entry, not compounded. ${RETURNS_NOTE}
    </p>
  </figure>`;
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
const methodTable = (models: readonly JudgedModel[]) =>
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
const policyTable = (models: readonly JudgedModel[]) =>
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

const equalSizeTable = (rows: Evaluation['equalSize']) =>
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
const groupTable = (groups: readonly JudgedGroup[]) =>
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
function regretTable(models: readonly JudgedModel[], edges: readonly number[]): Html {
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
