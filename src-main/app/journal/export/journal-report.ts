import { limitOf } from '../../../domain/risk/decision.ts';
import type {
  JournalExport,
  ReviewAccount,
  ReviewFilter,
  ReviewPage,
} from '../../../contract/journal.ts';
import type { ModelInfo } from '../../../contract/models.ts';
import type { Fraction, UtcSeconds } from '../../../domain/units.ts';
import type { Journal } from '../../../journal/journal.ts';

const WORST = 10;

/** What the report of past trades is made of. */
export interface JournalReport {
  readonly account: ReviewAccount;
  readonly filter: ReviewFilter;
  readonly limit: Fraction;
  /** The one in use. */
  readonly model: ModelInfo | null;
  /** Its rows are the worst by regret. */
  readonly page: ReviewPage;
  /** Of the filter, whatever their outcome. */
  readonly entries: { readonly first: UtcSeconds; readonly last: UtcSeconds } | null;
  readonly trades: number;
  readonly stoodAside: number;
}

export function journalReport(
  journal: Journal,
  { account, filter }: JournalExport['query'],
): JournalReport {
  const model = journal.modelInUse;
  const page = journal.review({
    account,
    filter,
    sort: { by: 'regret', descending: true },
    first: 0,
    count: WORST,
  });
  const judged = journal.told({
    account,
    filter: { ...filter, outcome: null },
    sort: { by: 'entry', descending: false },
  });
  const [first, last] = [judged[0], judged.at(-1)];
  return {
    account,
    filter,
    limit: limitOf(account.appetite, model?.kind ?? null),
    model,
    page: { ...page, rows: page.rows.filter(({ regret }) => regret !== null) },
    entries: first && last ? { first: first.past.openedAt, last: last.past.openedAt } : null,
    trades: judged.length,
    stoodAside: judged.filter((trade) => trade.stoodAside && trade.bestReturn !== null).length,
  };
}
