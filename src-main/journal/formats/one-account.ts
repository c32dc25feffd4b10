import { CodedError } from '../../contract/errors.ts';

/** Brokers' masks, and ours: 0000000, XXXX, ****. */
const MASK = /^[0x*•-]*$/i;

/** The one account that a file tells of; empty where it is masked. Throws `statements-mixed`. */
export const oneAccount = (named: Iterable<string>) =>
  onlyOne(
    'the accounts',
    [...named].map((name) => name.trim()).filter((name) => !MASK.test(name)),
  );

/** The one currency of a file's amounts; empty where none is named. Throws `statements-mixed`. */
export const oneCurrency = (named: Iterable<string>) =>
  onlyOne('amounts in', [...named].map((name) => name.trim().toUpperCase()).filter(Boolean));

function onlyOne(what: string, named: readonly string[]): string {
  const [first = '', ...others] = new Set(named);
  if (others.length === 0) return first;
  throw new CodedError('statements-mixed', { what: `${what} ${[first, ...others].join(' and ')}` });
}
