import type { Clock } from '../../../../api/src/kernel/clock.js';

/** The real time plus an offset set by the test, or a moment at which it stands still. */
export class MovableClock implements Clock {
  private offset = 0;
  private stoppedAt: number | null = null;

  now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.offset);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  /** Runs `work` within one moment: what it counts per minute does not depend on how fast the machine is. */
  async whileStopped<T>(work: () => Promise<T>): Promise<T> {
    this.stoppedAt = Date.now();
    return work().finally(() => (this.stoppedAt = null));
  }
}
