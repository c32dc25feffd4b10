import { brokerRules } from '../contract/account.ts';
import type { RecordedDecision } from '../contract/desk.ts';
import type { Connection } from './connection.ts';

/** What the trader recorded, kept as it was at that moment: rows are added and never changed. */
export interface Decisions {
  record(decision: Omit<RecordedDecision, 'id'>): RecordedDecision;
  /** Newest first. */
  list(): RecordedDecision[];
}

export function decisions({ db, write }: Connection): Decisions {
  const insert = db.prepare('INSERT INTO decision (recorded_at, record) VALUES (?, ?)');
  const select = db.prepare<[], { id: number; record: string }>(
    'SELECT id, record FROM decision ORDER BY id DESC',
  );
  return {
    record: write((decision) => {
      const { lastInsertRowid } = insert.run(decision.recordedAt, JSON.stringify(decision));
      return { ...decision, id: Number(lastInsertRowid) };
    }),
    list: () => select.all().map(({ id, record }) => ({ ...readRecord(record), id })),
  };
}

/** Rules that were not asked for when it was recorded read as what was assumed then. */
function readRecord(text: string): Omit<RecordedDecision, 'id'> {
  const record = JSON.parse(text) as RecordedDecision;
  return { ...record, timeframe: record.timeframe ?? null, rules: brokerRules.parse(record.rules) };
}
