import { CodedError } from '../../contract/errors.ts';
import { requireSpan } from './options.ts';
import type { Span } from '../../contract/series.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Ask } from './command.ts';

/** Entries of a series that are judged, up to its ends where none are given. Throws `no-series`. */
export async function spanOf(
  call: Ask,
  name: string,
  from: UtcSeconds | undefined,
  to: UtcSeconds | undefined,
): Promise<Span> {
  const series = (await call('series.list', {})).find((stored) => stored.name === name);
  if (!series) throw new CodedError('no-series', { name });
  const span = {
    series: name,
    from: from ?? series.from,
    to: to ?? ((series.to + 1) as UtcSeconds),
  };
  requireSpan(span.from, span.to);
  return span;
}
