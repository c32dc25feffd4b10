import { ounces } from '../../../domain/size.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { number } from '../../../domain/answer/wording.ts';
import { NO_VALUE, percent, signedPercent } from '../../../contract/evaluation-words.ts';
import { documentOf } from './document.ts';
import { html } from './html.ts';
import { curvesChart, excursionsChart } from './journal-charts.ts';
import { JOURNAL_STYLE } from './journal-style.ts';
import { journalTiles } from './journal-tiles.ts';
import {
  accountText,
  fillsText,
  flatteryText,
  filterText,
  modelText,
  NOT_ADVICE,
  unknownText,
} from './journal-words.ts';
import { table } from './tables.ts';
import type { ReviewRow } from '../../../contract/journal.ts';
import type { JournalReport } from '../../journal/export/journal-report.ts';

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
        ? html`${journalTiles(told)}
            <section class="halves">
              <div>
                <h2>Sum of returns and drawdown, % of the equity at entry</h2>
                ${curvesChart(told)}
              </div>
              <div>
                <h2>Price on the way, % of entry</h2>
                ${excursionsChart(page)}
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
