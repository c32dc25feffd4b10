import { isFittedTo } from '../../../domain/held-out.ts';
import type { CsvCell } from '../../../domain/csv.ts';
import { ounces } from '../../../domain/size.ts';
import type { ReviewAccount } from '../../../contract/journal.ts';
import type { StopOutRule } from '../../../domain/account/broker.ts';
import type { SizeResult } from '../../../domain/simulate/drawdown.ts';
import type { SizeIndex } from '../../../domain/units.ts';
import type { ToldTrade } from '../../../journal/review.ts';

/** A time is in UTC seconds. */
export type ColumnKind = 'text' | 'number' | 'time' | 'flag';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly of: (trade: ToldTrade, account: ReviewAccount) => CsvCell;
}

const column = (name: string, kind: ColumnKind, of: Column['of']): Column => ({ name, kind, of });

const ouncesOf = (size: SizeIndex | null) => size && ounces(size);
const isLiquidated = (result: SizeResult | null) => result && result.liquidatedAfter >= 0;
/** As the command line takes it: "equity:0.3". */
const stopOutWord = (rule: StopOutRule) =>
  rule.kind === 'equity' ? `equity:${rule.fraction}` : `margin:${rule.level}`;

/** Columns of an exported journal, one row a trade; what they mean stands in JOURNAL.md. */
export const JOURNAL_COLUMNS: readonly Column[] = [
  column('key', 'text', ({ past }) => past.key),
  column('source', 'text', ({ past }) => past.source),
  column('account', 'text', ({ past }) => past.account),
  column('currency', 'text', ({ statement }) => statement && statement.currency),
  column('series', 'text', ({ past }) => past.series),
  column('symbol', 'text', ({ past }) => past.symbol),
  column('ticket', 'text', ({ statement }) => statement && statement.ticket),
  column('direction', 'text', ({ past }) => past.direction),
  column('entry_time', 'time', ({ past }) => past.openedAt),
  column('entry_price', 'number', ({ past }) => past.openPrice),
  column('exit_time', 'time', ({ past }) => past.closedAt),
  column('exit_price', 'number', ({ past }) => past.closePrice),
  column('taken_oz', 'number', ({ past }) => past.taken),
  column('recommended_oz', 'number', ({ recommended }) => ouncesOf(recommended)),
  column('stood_aside', 'flag', ({ stoodAside }) => stoodAside),
  column('best_oz', 'number', ({ best }) => ouncesOf(best)),
  column('outcome', 'text', ({ outcome }) => outcome),
  column('why_unknown', 'text', ({ why }) => why),
  column('return', 'number', ({ chosen }) => chosen && chosen.return),
  column('regret', 'number', ({ regret }) => regret),
  column('return_recommended', 'number', ({ ofRecommended }) => ofRecommended?.return ?? null),
  column('liquidated_recommended', 'flag', ({ ofRecommended }) => isLiquidated(ofRecommended)),
  column('return_fixed', 'number', ({ ofFixed }) => ofFixed && ofFixed.return),
  column('liquidated_fixed', 'flag', ({ ofFixed }) => isLiquidated(ofFixed)),
  column('return_best', 'number', ({ bestReturn }) => bestReturn),
  column('mae', 'number', ({ past }) => past.adverse),
  column('mfe', 'number', ({ past }) => past.favourable),
  column('profit', 'number', ({ statement }) => statement && statement.profit),
  column('commission', 'number', ({ statement }) => statement && statement.commission),
  column('swap', 'number', ({ statement }) => statement && statement.swap),
  column('stopped_out', 'flag', ({ statement }) => statement && statement.stoppedOut),
  column('comment', 'text', ({ statement }) => statement && statement.comment),
  column('note', 'text', ({ past }) => past.note),
  column('tags', 'text', ({ past }) => past.tags.join('; ')),
  column('model', 'text', ({ past }) => past.path && past.path.model),
  column('fitted_to', 'flag', ({ past }) => isFittedTo(past.openedAt)),
  column('equity', 'number', (_, { equity }) => equity),
  column('leverage', 'number', (_, { rules }) => rules.leverage),
  column('stop_out', 'text', (_, { rules }) => stopOutWord(rules.stopOut)),
  column('threshold', 'number', (_, { appetite }) => appetite.threshold),
  column('safety_factor', 'number', (_, { appetite }) => appetite.safetyFactor),
  column('limit', 'number', ({ limit }) => limit),
  column('fixed_oz', 'number', (_, { fixed }) => fixed),
  column('spread', 'number', (_, { rules }) => rules.costs.spread),
  column('commission_per_side', 'number', (_, { rules }) => rules.costs.commissionPerSide),
  column('swap_long', 'number', (_, { rules }) => rules.costs.swapPerNight.long),
  column('swap_short', 'number', (_, { rules }) => rules.costs.swapPerNight.short),
  column('other_margin', 'number', (_, { rules }) => rules.otherMargin),
  column('gap_fill', 'text', (_, { rules }) => rules.gapFill),
  column('loss_ends_at_equity', 'flag', (_, { rules }) => rules.negativeBalanceProtection),
  column('policy', 'text', ({ met }) => met.account.policy),
];
