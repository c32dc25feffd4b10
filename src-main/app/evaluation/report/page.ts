import { isoTime } from '../../../domain/time/time.ts';
import { number } from '../../../domain/answer/wording.ts';
import { directionChart } from './direction-chart.ts';
import { documentOf } from './document.ts';
import { equityChart } from './equity-chart.ts';
import { html } from './html.ts';
import { realisedChart } from './realised-chart.ts';
import { reliabilityChart } from './reliability-chart.ts';
import { equalSizeTable, groupTable, methodTable, policyTable, regretTable } from './tables.ts';
import {
  againstRule,
  differenceText,
  directionsText,
  otherExit,
  percent,
  RETURNS_NOTE,
  TOLD_AT,
} from '../../../contract/evaluation-words.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';

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
        ${reliabilityChart(models)}
      </div>
      <div>
        <h2>Realised against threshold</h2>
        ${realisedChart(models)}
        <h2>${models[0]!.name} by direction and year, at ${at}%</h2>
        ${directionChart(parts)}
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
      ${equityChart(told)}
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
  return documentOf(title, body);
}
