import { describe, expect, it } from 'vitest';
import { windowArguments } from '../../../src-main/hosts/arguments.ts';

describe('what npm start is asked for', () => {
  it('needs nothing', () => {
    const nothing = { dataFolder: undefined, port: undefined, open: true, help: false };
    expect(windowArguments([])).toEqual(nothing);
  });

  it('takes a folder, a port and no window', () => {
    expect(windowArguments(['--data', 'here', '--port=4000', '--no-open'])).toEqual({
      dataFolder: 'here',
      port: 4000,
      open: false,
      help: false,
    });
  });

  it.each([
    ['--port', '0'],
    ['--port', '65536'],
    ['--port', '80.5'],
    ['--port', ' 80'],
  ])('refuses %s %s', (...argv) => expect(() => windowArguments(argv)).toThrow('is not a port'));

  it.each([['--prot'], ['file.csv'], ['--data'], ['--no-open=yes']])('refuses %s', (...argv) =>
    expect(() => windowArguments(argv)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }) as Error,
    ),
  );
});
