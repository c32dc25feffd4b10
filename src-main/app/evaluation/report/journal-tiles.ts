import type { Chooser } from '../../../contract/journal-words.ts';
import { verdictOf } from '../../../domain/stats/verdict.ts';
import { limitText, number } from '../../../domain/answer/wording.ts';
import {
  between,
  NO_VALUE,
  percent,
  signed,
  signedPercent,
} from '../../../contract/evaluation-words.ts';
import { html, type Html } from './html.ts';
import { noInterval } from '../../../contract/journal-words.ts';
import { chooserName } from './journal-words.ts';
import type { ChooserScore } from '../../../contract/journal.ts';
import type { JournalReport } from '../../journal/export/journal-report.ts';

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
export function journalTiles({ page: { scores }, limit, account }: JournalReport): Html {
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
