import { parseArgs } from 'node:util';
import { CodedError } from '../contract/errors.ts';

export const USAGE = `npm start -- [options]
  --data DIR   keep everything in this folder
  --port N     serve in a browser on this port of 127.0.0.1
  --no-open    serve, print the one-time address and open no window
  --help       print this`;

export interface WindowArguments {
  readonly dataFolder: string | undefined;
  /** Undefined: any free port. */
  readonly port: number | undefined;
  readonly open: boolean;
  readonly help: boolean;
}

/** What `npm start` was asked for; anything else is a `bad-argument`. */
export function windowArguments(argv: readonly string[]): WindowArguments {
  const { data, port, 'no-open': noOpen = false, help = false } = parsed(argv);
  return {
    dataFolder: data,
    port: port === undefined ? undefined : portNumber(port),
    open: !noOpen,
    help,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new CodedError('bad-argument', { problem: (error as Error).message });
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new CodedError('bad-argument', {
      problem: `--port: "${text}" is not a port, 1 to 65535.`,
    });
  }
  return port;
}
