import { run } from './run.ts';
import { CodedError } from '../../contract/errors.ts';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort(new CodedError('cancelled')));
process.exitCode = await run(process.argv.slice(2), console, interrupt.signal);
