import { describe, expect, it } from 'vitest';
import { newYorkOffset } from '../../../src-main/domain/time/new-york.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

describe('the New York clock', () => {
  it('agrees with the time zone database at every hour near every change from 1987 to 2035', () => {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      timeZoneName: 'shortOffset',
    });
    const offsetByDatabase = (time: number) => {
      const name = format.formatToParts(time * 1000).find((part) => part.type === 'timeZoneName');
      return Number(name!.value.replace('GMT', '')) * 3600;
    };
    let changes = 0;
    for (let year = 1987; year <= 2035; year++) {
      for (const month of [2, 3, 9, 10]) {
        let previous = offsetByDatabase(Date.UTC(year, month, 1) / 1000);
        for (let hour = 0; hour < 32 * 24; hour++) {
          const time = Date.UTC(year, month, 1, hour) / 1000;
          const offset = offsetByDatabase(time);
          if (offset !== previous) changes++;
          previous = offset;
          if (newYorkOffset(time as UtcSeconds) !== offset) {
            expect.fail(`${new Date(time * 1000).toISOString()} should be at ${offset}`);
          }
        }
      }
    }
    expect(changes).toBeGreaterThan(90);
  });
});
