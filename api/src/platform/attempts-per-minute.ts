import type { Clock } from '../kernel/clock.js';
import { WIDE_TIMES, type Networks } from '../kernel/networks.js';

/** Bounds the memory: within a minute, keys beyond this number are counted from zero again. */
const MOST_NAMES = 50_000;

/**
 * Counts attempts within a minute in the memory of this process, for checks too frequent to query the database. Several
 * processes each have their own count; a restart clears it.
 */
export class AttemptsPerMinute {
  private counts = new Map<string, number>();
  private minute = 0;

  /** @param allowed attempts of one network within a minute; `WIDE_TIMES` as many for its wide network */
  constructor(
    private readonly allowed: number,
    private readonly clock: Clock,
  ) {}

  /** Counts one attempt with the given weight; false when it exceeds the limit. */
  allows({ near, wide }: Networks, weight = 1): boolean {
    // An attempt refused for the near network is not counted for the wide one: an attack from one network must not lock
    // out its neighbors.
    if (this.count(near, weight) > this.allowed) return false;
    return wide === null || this.count(wide, weight) <= this.allowed * WIDE_TIMES;
  }

  private count(name: string, weight: number): number {
    const minute = Math.floor(this.clock.now().getTime() / 60_000);
    if (minute !== this.minute || this.counts.size >= MOST_NAMES) {
      this.counts = new Map();
      this.minute = minute;
    }
    const count = (this.counts.get(name) ?? 0) + weight;
    this.counts.set(name, count);
    return count;
  }
}
