import { faultOf } from '../contract/errors.ts';

/** Why a host could not start: what happened, what it means, what to do next. */
export function faultText(error: unknown): string {
  const { happened, means, next } = faultOf(error);
  return `${happened} ${means} ${next}`;
}

/** 2 for a wrong argument, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return faultOf(error).code === 'bad-argument' ? 2 : 1;
}
