import {
  CALLS,
  type CallOutput,
  type CallRequest,
  type Handlers,
  type WindowCallName,
} from './calls.ts';
import { CodedError, faultOf, type Fault } from './errors.ts';
import type { EventName, EventPayload } from './events.ts';

/** What crosses the process boundary for a call: a value or a fault, never a thrown Error. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

/**
 * Answers a window: name and payload are checked before a handler runs. There is no way from here to
 * the calls of this process only.
 */
export async function answer(
  handlers: Handlers,
  name: string,
  payload: unknown,
): Promise<Answer<unknown>> {
  try {
    if (!Object.hasOwn(CALLS, name)) {
      throw new CodedError('bad-argument', { problem: `There is no call named "${name}".` });
    }
    const call = name as WindowCallName;
    const parsed = CALLS[call].in.safeParse(payload);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const problem = `${[call, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'invalid'}`;
      throw new CodedError('bad-argument', { problem });
    }
    const handler = handlers[call] as (input: unknown) => unknown;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}

/** What the window holds: the same on every host. */
export interface Client {
  call<Name extends WindowCallName>(
    name: Name,
    input: CallRequest<Name>,
  ): Promise<Answer<CallOutput<Name>>>;
  /** Returns the function that stops listening. */
  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void;
}
