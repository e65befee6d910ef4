import { WIDE_TIMES, type Networks } from '../kernel/networks.js';

/** The most that is remembered: a minute's worth of names beyond it is counted anew. */
const MOST_NAMES = 50_000;

/**
 * Counts attempts within a minute in this process's memory, for what is too frequent to ask the database each time. With
 * several processes each allows as much; a restart forgets.
 */
export class AttemptsPerMinute {
  private counts = new Map<string, number>();
  private minute = 0;

  /** @param allowed what one network may do within a minute; its wide network `WIDE_TIMES` as much */
  constructor(private readonly allowed: number) {}

  /** Counts one attempt, or one that is worth `weight`; false when it is one too many. */
  allows({ near, wide }: Networks, weight = 1): boolean {
    // What is refused near is not counted widely: hammering from one place must not shut out its neighbours.
    if (this.count(near, weight) > this.allowed) return false;
    return wide === null || this.count(wide, weight) <= this.allowed * WIDE_TIMES;
  }

  private count(name: string, weight: number): number {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== this.minute || this.counts.size >= MOST_NAMES) {
      this.counts = new Map();
      this.minute = minute;
    }
    const count = (this.counts.get(name) ?? 0) + weight;
    this.counts.set(name, count);
    return count;
  }
}
