import { isoTime } from '../../domain/time/time.ts';
import type { StatementReading } from '../../contract/journal.ts';

type Reason = keyof StatementReading['skipped'];
type Skipped = NonNullable<StatementReading['skipped'][Reason]>[number];

/** Rows that are listed of those that are left out for one reason; of trades that cannot be read, all. */
const LISTED = 20;
const MAY_BE_GOLD: readonly Reason[] = ['unreadable', 'unknown-type'];

/** What is read and kept, in numbers: rows that are left out are counted by reason. */
export function tradesJson(read: StatementReading) {
  const { source, kept } = read;
  return {
    closed: read.closed,
    open: read.open,
    skipped: Object.fromEntries(
      Object.entries(read.skipped).map(([reason, rows]) => [reason, rows.length]),
    ),
    clock: { name: source.clock, isAssumed: read.isClockAssumed, shown: read.shown },
    clockEvidence: read.clockEvidence,
    from: read.from === null ? null : isoTime(read.from),
    to: read.to === null ? null : isoTime(read.to),
    account: source.account,
    currency: source.currency,
    format: source.format,
    contract: read.contracts,
    stopOuts: read.stopOuts,
    import: kept.id,
    added: kept.added,
    known: kept.known,
    differing: kept.differing,
  };
}

const count = (n: number, noun: string) =>
  `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

/** The same for a person, with the rows that are left out and why. */
export function tradesText(read: StatementReading, isDryRun: boolean): string {
  const { source, isClockAssumed, stopOuts, from, to } = read;
  const { id, added, known, differing } = read.kept;
  const when = from === null || to === null ? '' : `, ${isoTime(from)} to ${isoTime(to)}`;
  const least = Math.min(...stopOuts.map(({ marginLevel }) => marginLevel));
  const most = Math.max(...stopOuts.map(({ marginLevel }) => marginLevel));
  return [
    `${source.format}, account ${source.account}, ${source.currency || 'currency not named'}`,
    ...(read.isAccountAssumed ? ['The statement names no account: name it with --account.'] : []),
    `Gold: ${count(read.closed, 'closed trade')}, ${read.open} open${when}`,
    ...(read.closed === 0 ? ['No trade is closed, so none has an outcome yet.'] : []),
    ...read.contracts.map(
      ({ symbol, unit, ounces, evidence }) =>
        `${symbol}: ${unit === 'lots' ? `${ounces} oz a lot` : 'sizes in ounces'}. ${evidence}`,
    ),
    `Clock: ${source.clock}${isClockAssumed ? ', assumed' : ''}. ${read.clockEvidence}`,
    ...(isClockAssumed
      ? [
          'Import candles of gold that cover the trades, or give it with --clock; undo and import again.',
        ]
      : []),
    ...(stopOuts.length > 0
      ? [
          `${count(stopOuts.length, 'stop-out')}, at margin levels of ${percent(least)} to ${percent(most)}`,
        ]
      : []),
    ...Object.entries(read.skipped).flatMap(([reason, rows]) => leftOut(reason as Reason, rows)),
    ...(isDryRun ? ['Nothing was kept. It would be:'] : []),
    `${count(added, 'trade')} kept${id === null ? '' : ` as import ${id}`}, ${known} known already`,
    ...(differing.length > 0
      ? [
          `${count(differing.length, 'ticket')} kept with other numbers stay: ${differing.join(', ')}`,
        ]
      : []),
  ].join('\n');
}

function leftOut(reason: Reason, rows: readonly Skipped[]): string[] {
  const listed = MAY_BE_GOLD.includes(reason) ? rows : rows.slice(0, LISTED);
  const more = rows.length - listed.length;
  return [
    `Left out, ${REASONS[reason]}: ${rows.length}`,
    ...listed.map(({ row, text }) => `  row ${row}: ${text}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

const REASONS: Record<Reason, string> = {
  'other-symbol': 'another symbol',
  'cancelled-order': 'a cancelled order',
  'pending-order': 'a pending order',
  balance: 'a deposit or withdrawal',
  'unknown-type': 'neither buy nor sell',
  unreadable: 'a field that cannot be read',
};
