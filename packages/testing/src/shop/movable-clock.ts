import type { Clock } from '../../../../api/src/kernel/clock.js';

/** The real time plus an offset set by the test. */
export class MovableClock implements Clock {
  private offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  advance(ms: number): void {
    this.offset += ms;
  }
}
