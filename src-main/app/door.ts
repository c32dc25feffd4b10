import { isDeepStrictEqual } from 'node:util';
import {
  CALL_NAMES,
  callOf,
  type Caller,
  type CallName,
  type Handlers,
  type HandlersOf,
} from '../contract/calls.ts';
import { CodedError } from '../contract/errors.ts';

interface House {
  readonly folder: string;
  readonly readonly: boolean;
  /** Ends what calls are at when the app closes. */
  readonly closing: AbortSignal;
}

/**
 * What every call passes on its way to its handler, whichever host asks: one that changes the data
 * folder is refused where that is open to read only (`read-only`), and closing the app ends its work.
 */
export function doorTo(rooms: HandlersOf<string>, house: House): Handlers {
  const through =
    (name: CallName) =>
    async (input: never, caller: Partial<Caller> = {}) => {
      if (house.readonly && callOf(name).writes) {
        throw new CodedError('read-only', { folder: house.folder });
      }
      const { closing } = house;
      const handler = rooms[name] as (input: never, caller: Caller) => unknown;
      const output = await handler(input, {
        signal: caller.signal ? AbortSignal.any([closing, caller.signal]) : closing,
        onProgress: caller.onProgress ?? (() => undefined),
      });
      if (areOutputsChecked) checkOutput(name, output);
      return output;
    };
  return Object.fromEntries(CALL_NAMES.map((name) => [name, through(name)])) as unknown as Handlers;
}

let areOutputsChecked = false;

/** For tests: from now on a handler that drifts from the schema of its output fails its caller. */
export function checkOutputs(): void {
  areOutputsChecked = true;
}

/** Throws where an output is not as the contract says, or would not cross a process unchanged. */
function checkOutput(name: CallName, output: unknown): void {
  const crossed: unknown = JSON.parse(JSON.stringify(output));
  const parsed = callOf(name).out.safeParse(crossed);
  if (!parsed.success) throw new Error(`${name}: ${parsed.error.message}`);
  const place = unnamedIn(crossed, parsed.data);
  if (place !== null) throw new Error(`${name} answers what its schema does not name: ${place}`);
}

/** Where an output holds something that the schema left out; null where it is the same. */
function unnamedIn(output: unknown, named: unknown): string | null {
  if (isDeepStrictEqual(output, named)) return null;
  if (typeof output !== 'object' || typeof named !== 'object' || !output || !named) return '';
  for (const [key, value] of Object.entries(output)) {
    const place = unnamedIn(value, (named as Record<string, unknown>)[key]);
    if (place !== null) return `.${key}${place}`;
  }
  return '';
}
