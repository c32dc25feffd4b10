import { limitText, number } from '../../domain/answer/wording.ts';
import { ounces } from '../../domain/size.ts';
import { verdictOf } from '../../domain/stats/verdict.ts';
import { isoTime } from '../../domain/time/time.ts';
import {
  drawdownChart,
  excursionMark,
  excursionsChart,
  returnCurves,
  returnsChart,
} from '../../charts/past-trades.ts';
import { CHOOSERS, noInterval, type Chooser } from '../../contract/journal-words.ts';
import {
  between,
  NO_VALUE,
  percent,
  signed,
  signedPercent,
} from '../../contract/evaluation-words.ts';
import { documentOf, drawing, html, legend, table, type Html } from './html.ts';
import {
  accountText,
  chooserName,
  fillsText,
  flatteryText,
  filterText,
  modelText,
  NOT_ADVICE,
  unknownText,
} from './journal-words.ts';
import { JOURNAL_STYLE } from './style.ts';
import type { ChooserScore, ReviewPage, ReviewRow } from '../../contract/journal.ts';
import type { JournalReport } from '../journal/export/journal-report.ts';

/** Past trades in one account, on one page. */
export function journalPage(told: JournalReport): string {
  const { account, entries, filter, page, stoodAside, trades } = told;
  const title = filterText(filter);
  const isKnown = Object.values(page.scores).some((score) => score !== null);
  const unknown = unknownText(told);
  const span = entries && [entries.first, entries.last].map((time) => isoTime(time).slice(0, 10));
  const body = html`<header>
      <h1>${title}</h1>
      <p>
        ${span ? `${number(trades, 0)} trades entered ${span[0]} to ${span[1]}` : 'No trades'}.
        ${accountText(told)}
      </p>
    </header>
    ${
      isKnown
        ? html`${tiles(told)}
            <section class="halves">
              <div>
                <h2>Sum of returns and drawdown by exit, % of the equity at entry</h2>
                ${curves(told)}
              </div>
              <div>
                <h2>Price on the way, % of entry</h2>
                ${excursions(page)}
              </div>
            </section>
            <section>
              <h2>Worst by regret</h2>
              ${worstTable(page.rows)}
            </section>`
        : html`<p>No size is known of any of these trades.</p>`
    }
    <footer>
      ${[unknown, flatteryText(told)].flatMap((text) => (text === null ? [] : html`<p>${text}</p>`))}
      <p>
        ${filter.outcome === null ? '' : 'Figures and curves are over all outcomes. '}
        ${stoodAside > 0 ? `Stood aside ${number(stoodAside, 0)} times: a return of 0. ` : ''}Return
        and regret of a row are of the size taken, or recommended where none is known. Regret: best
        in hindsight less chosen. Sizes that this account’s margin does not carry count nowhere.
        Sums are not compounded. Intervals: 95%, from resampled calendar months, as trades overlap.
      </p>
      <p>${modelText(told)} ${fillsText(account.rules)}</p>
      <p>${NOT_ADVICE}</p>
    </footer>`;
  return documentOf(title, body, JOURNAL_STYLE);
}

const size = (oz: number | null) => (oz === null ? NO_VALUE : number(oz, 2));

const worstTable = (rows: readonly ReviewRow[]) =>
  table(
    [
      'Entry, UTC',
      'Symbol',
      'Direction',
      'Outcome',
      'Price',
      'Taken oz',
      'Recommended',
      'Best',
      'Adverse %',
      'Return %',
      'Regret %',
    ],
    rows.map((row) => [
      isoTime(row.openedAt).slice(0, 16).replace('T', ' '),
      row.symbol,
      row.direction,
      row.outcome,
      number(row.openPrice, 2),
      size(row.taken),
      row.stoodAside ? 'stand aside' : size(row.recommended && ounces(row.recommended)),
      size(row.best && ounces(row.best)),
      percent(row.adverse, 2),
      row.return === null ? NO_VALUE : signedPercent(row.return, 1),
      percent(row.regret, 1),
    ]),
    { words: 4 },
  );

/** Sums of returns over time, and under them how far each stands below its highest. */
function curves({ page, account }: JournalReport): Html {
  const [recommended, taken, fixed] = CHOOSERS.map((chooser) => chooserName(chooser, account));
  const drawn = returnCurves(page, { recommended: recommended!, taken: taken!, fixed: fixed! });
  return html`<figure>
    ${drawing(returnsChart(drawn, { width: 520, height: 190 }))}
    ${drawing(drawdownChart(drawn, { width: 520, height: 120 }))}
  </figure>`;
}

/** Worst against best price on the way; a cross where the size was liquidated. */
const excursions = ({ scatter }: ReviewPage) =>
  html`<figure>
    ${legend([
      { mark: excursionMark(false, [[5, 5]]), name: 'survived' },
      { mark: excursionMark(true, [[5, 5]]), name: 'liquidated' },
    ])}
    ${drawing(excursionsChart(scatter, { width: 340, height: 280 }))}
  </figure>`;

type Show = (score: ChooserScore) => string;

const counts = ({ liquidated, trades }: { liquidated: number; trades: number }) =>
  `${number(liquidated, 0)} of ${number(trades, 0)}`;
const rate: Show = ({ liquidated, trades }) => `${percent(liquidated / trades)}%`;
const mean: Show = ({ meanReturn }) => `${signedPercent(meanReturn)}%`;
const median: Show = ({ medianReturn }) => `median ${signedPercent(medianReturn)}%`;
const growth: Show = ({ logGrowth }) => signed(logGrowth, 4);
const regret: Show = ({ meanRegret }) => `${percent(meanRegret, 2)}%`;
const rates: Show = ({ byDirection }) =>
  [byDirection.long, byDirection.short]
    .map(({ liquidated, trades }) => percent(trades === 0 ? null : liquidated / trades))
    .join(' / ');
const sides: Show = ({ byDirection: { long, short } }) => `${counts(long)} / ${counts(short)}`;
const and =
  (first: Show, second: Show): Show =>
  (score) =>
    `${first(score)}, ${second(score)}`;

const bounds: Show = (score) =>
  score.interval ? `95% by month ${between(score.interval)}%` : noInterval(score);

/** What each way to choose a size came to, the one that a tile is of in large figures. */
function tiles({ page: { scores }, limit, account }: JournalReport): Html {
  const of = (chooser: Chooser, show: Show) => {
    const score = scores[chooser];
    return score ? show(score) : NO_VALUE;
  };
  const line = (chooser: Chooser, show: Show) =>
    `${chooserName(chooser, account)} ${of(chooser, show)}`;
  const tile = (label: string, value: string, beside: string, lines: readonly (string | Html)[]) =>
    html`<div>
      <p>${label}</p>
      <p class="value">${value} <span class="quiet">${beside}</span></p>
      ${lines.map((text) => html`<p>${text}</p>`)}
    </div>`;
  const compared = (label: string, show: Show, beside: Show | null = null) =>
    tile(
      label,
      of('recommended', show),
      beside ? of('recommended', beside) : '',
      (['taken', 'fixed'] as const).map((other) => line(other, beside ? and(show, beside) : show)),
    );
  const verdict = verdictOf(scores.recommended?.interval ?? null, limit);
  return html`<section class="tiles">
    ${tile('Liquidated, recommended sizes', of('recommended', rate), of('recommended', counts), [
      of('recommended', bounds),
      html`<span class="${verdict}">${verdict}</span>, limit ${limitText(limit)}%`,
    ])}
    ${tile('Liquidated, sizes taken', of('taken', rate), of('taken', counts), [
      of('taken', bounds),
      line('fixed', and(rate, counts)),
    ])}
    ${tile('Liquidated %, longs / shorts', of('recommended', rates), '', [
      line('recommended', sides),
      line('taken', sides),
    ])}
    ${compared('Average return', mean, median)} ${compared('Log growth a trade', growth)}
    ${compared('Average regret', regret)}
  </section>`;
}
