import { exitRuleText, type ExitRule } from '../../domain/exits/exit-rule.ts';
import { textTable } from './table.ts';
import type { MarketFacts } from '../../contract/datasets.ts';

const BAR_WIDTH = 10;

type Facts = NonNullable<MarketFacts['pieces']>['low'];

const count = (n: number) => n.toLocaleString('en');
const signed = (value: number) => value.toFixed(2).replace('-', '−');

/** A column for each market: its facts, then the shares of its trades that are liquidated. */
export function factsText(markets: readonly MarketFacts[], exit: ExitRule): string {
  const heads = ['', ...markets.map(({ name }) => name)];
  const row = (title: string, show: (facts: Facts) => string) => [
    title,
    ...markets.map((market) => {
      const { pieces } = market;
      return `${show(market)}${pieces ? ` [${show(pieces.low)}, ${show(pieces.high)}]` : ''}`;
    }),
  ];
  const told = markets.filter(({ liquidated }) => liquidated.length > 0);
  const largest = Math.max(
    ...told.flatMap(({ liquidated }) => liquidated.map(({ share }) => share)),
  );
  return [
    textTable(heads, [
      row('Kurtosis', (facts) => facts.kurtosis.toFixed(1)),
      ...markets[0]!.rangeAutocorrelation.map(({ lag }, i) =>
        row(`Range AC ${lag}`, (facts) => signed(facts.rangeAutocorrelation[i]!.value)),
      ),
      row('Range/vol', (facts) => facts.rangeToVolatility.toFixed(2)),
      row('Vol %', (facts) => (facts.volatility * 100).toFixed(2)),
      ['Pieces', ...markets.map(({ pieces }) => pieces?.count ?? '—')],
    ]),
    '',
    ...howItIsTold(markets),
    '',
    `Trades liquidated %, exit ${exitRuleText(exit)}, at 30% of equity, no costs; trades overlap`,
    textTable(heads, [
      ...told[0]!.liquidated.map(({ leverage }, i) => [
        `At ${leverage}x`,
        ...markets.map(({ liquidated }) =>
          liquidated[i] ? shareText(liquidated[i].share, largest) : '—',
        ),
      ]),
      ['Trades', ...markets.map(({ trades }) => (trades > 0 ? count(trades) : '—'))],
    ]),
  ].join('\n');
}

function howItIsTold(markets: readonly MarketFacts[]): string[] {
  const pieceBars = markets.at(-1)!.pieces!.bars;
  return [
    `Median of pieces of ${count(pieceBars)} bars; 8 in 10 pieces lie within the brackets.`,
    ...markets
      .filter(({ pieces }) => !pieces)
      .map(({ name }) => `${name} is not stored here: these are its facts as a whole.`),
    'A generator alone draws at the volatility that it was fitted to; in the mix each path has a',
    'volatility of its own, as in a dataset.',
  ];
}

function shareText(share: number, largest: number): string {
  const filled = largest > 0 ? Math.round((share / largest) * BAR_WIDTH) : 0;
  const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '░');
  return `${(share * 100).toFixed(1).padStart(5)} ${bar}`;
}
