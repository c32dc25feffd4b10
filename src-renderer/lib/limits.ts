import { MINUS } from '#domain/answer/wording.ts';
import type { Limit } from '#domain/limits.ts';

/** A limit that a field can have: closed at both ends. */
export type FieldLimit = Limit &
  ({ readonly from: number } | { readonly typed: { readonly from: number } }) &
  ({ readonly to: number } | { readonly typed: { readonly to: number } });

/** Lowest and highest number that a field takes. */
export const rangeOf = ({ from, to, typed }: FieldLimit): readonly [number, number] => [
  typed?.from ?? from!,
  typed?.to ?? to!,
];

/** A limit of a share, for a field that shows percents. */
export const inPercent = (limit: FieldLimit): FieldLimit => {
  const [from, to] = rangeOf(limit);
  return { from: from * 100, to: to * 100 };
};

const plain = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', MINUS);

/** "1 to 1,000", "$20 to $100,000". */
export const rangeText = (limit: FieldLimit, unit = ''): string =>
  rangeOf(limit)
    .map((end) => `${unit}${plain(end)}`)
    .join(' to ');
