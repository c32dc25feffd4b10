import { describe, expect, it } from 'vitest';
import { cli } from '../../../support/cli.ts';
import { dataFolder } from '../../../support/data-folder.ts';

const WRONG: [string, string[]][] = [
  ['a command that does not exist', ['recomend']],
  ['an option that does not exist', ['series', '--bogus']],
  ['an option without its value', ['recommend', '--series']],
  ['an option given twice', ['series', '--data', 'a', '--data', 'b']],
  ['a file that is missing', ['import', 'candles', '--symbol', 'XAUUSD']],
  ['a required option that is missing', ['import', 'candles', 'x.csv']],
  ['an equity of zero', ['recommend', '--series', 'x', '--direction', 'long', '--equity', '0']],
  ['an equity in words', ['recommend', '--series', 'x', '--direction', 'long', '--equity', 'rich']],
  ['a third direction', ['recommend', '--series', 'x', '--equity', '500', '--direction', 'up']],
  [
    'a threshold over 1',
    ['recommend', '--series', 'x', '--equity', '500', '--direction', 'long', '--threshold', '10'],
  ],
  [
    'a stop-out rule of another kind',
    ['recommend', '--series', 'x', '--equity', '5', '--direction', 'long', '--stop-out', 'all:1'],
  ],
  ['neither series nor candles', ['recommend', '--equity', '500', '--direction', 'long']],
  ['a clock without its minutes', ['import', 'candles', 'x', '--symbol', 'S', '--clock', '+2']],
  ['a contract of no ounces', ['import', 'trades', 'x', '--contract', '0']],
  ['a name of gold that is empty', ['import', 'trades', 'x', '--symbol', 'A,,B']],
  ['an unknown exit rule', ['evaluate', '--series', 'x', '--from', '2023-01-01', '--exit', 'luck']],
  ['a date that does not exist', ['evaluate', '--series', 'x', '--from', '2023-02-31']],
  ['a word too many', ['series', 'now']],
  ['half of a command', ['import']],
  [
    'a span that ends before it begins',
    ['simulate', '--series', 'x', '--out', 'x', '--from', '2023-03-01', '--to', '2023-01-01'],
  ],
  ['a symbol that is a novel', ['import', 'candles', 'x', '--symbol', 'X'.repeat(300)]],
];

describe('wrong words', () => {
  it.each(WRONG)('%s ends with exit code 2 and one clear line', async (_, words) => {
    const data = words.includes('--data') ? [] : ['--data', dataFolder()];
    const { code, stdout, stderr } = await cli(...words, ...data);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^size-picker/);
  });

  it('are a coded fault as JSON where JSON is asked for', async () => {
    const { code, stderr } = await cli('series', '--bogus', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'bad-argument' } });
  });
});

describe('help', () => {
  it('lists the commands, and each command tells its options', async () => {
    const { code, stdout } = await cli('--help');
    expect(code).toBe(0);
    const names = [...stdout.matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2}/gm)].map(([, name]) => name!);
    expect(names).toContain('import candles');
    expect(names.length).toBeGreaterThan(8);
    const helps = await Promise.all(names.map((name) => cli(...name.split(' '), '--help')));
    for (const help of helps) {
      expect(help.code).toBe(0);
      expect(help.stdout).toContain('--json');
      expect(help.stdout).toContain('--data DIR');
    }
  });
});

describe('a series that does not exist', () => {
  it('is named, with what to do, and exit code 1', async () => {
    const { code, stderr } = await cli(
      'simulate',
      '--series',
      'NONE',
      '--from',
      '2023-01-01',
      '--to',
      '2023-02-01',
      '--out',
      'x.csv',
      '--data',
      dataFolder(),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('no series named "NONE"');
    expect(stderr).toContain('import the file first');
  });
});
