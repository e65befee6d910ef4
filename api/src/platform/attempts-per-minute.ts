/** The most that is remembered: a minute's worth of names beyond it is counted anew. */
const MOST_NAMES = 50_000;

/**
 * Counts attempts within a minute in this process's memory, for what is too frequent to ask the database each time. With
 * several processes each allows as much; a restart forgets.
 */
export class AttemptsPerMinute {
  private counts = new Map<string, number>();
  private minute = 0;

  constructor(private readonly allowed: number) {}

  /** Counts one attempt; false when it is one too many. */
  allows(name: string): boolean {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== this.minute || this.counts.size >= MOST_NAMES) {
      this.counts = new Map();
      this.minute = minute;
    }
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return count <= this.allowed;
  }
}
