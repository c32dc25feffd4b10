import { number } from '#domain/answer/wording.ts';
import type { UtcSeconds } from '#domain/units.ts';
import { offsetOf } from './zone-clock.ts';

/** The zone that times on the desk are read in. */
class Zone {
  name = $state('UTC');
  readonly offset = $derived(offsetOf(this.name));

  /** A moment as the zone's clock shows it, as seconds that read as if they were UTC. */
  wall(time: number): UtcSeconds {
    return (time + this.offset(time)) as UtcSeconds;
  }

  /** The moment at which the zone's clock shows this; the earlier one where it shows it twice. */
  moment(wall: number): UtcSeconds {
    const DAY = 86_400;
    const found = [wall - DAY, wall + DAY]
      .map((near) => wall - this.offset(near))
      .find((time) => this.wall(time) === wall);
    return (found ?? wall - this.offset(wall)) as UtcSeconds;
  }

  /** "UTC", "UTC+2", "UTC−4:30": what the clock is at a moment. */
  at(time: number): string {
    const minutes = Math.round(this.offset(time) / 60);
    if (minutes === 0) return 'UTC';
    const size = Math.abs(minutes);
    const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
    return `UTC${minutes < 0 ? '−' : '+'}${number(Math.floor(size / 60), 0)}${rest}`;
  }
}

export const zone = new Zone();
