import type { Fault } from '#contract/errors.ts';

/** The fault that the trader has to know of; the newest replaces the one before. */
export class Notices {
  fault = $state.raw<Fault | null>(null);

  show(fault: Fault): void {
    // A lost app has its own banner, which stays until it is back.
    if (fault.code !== 'app-gone') this.fault = fault;
  }

  dismiss(): void {
    this.fault = null;
  }
}
