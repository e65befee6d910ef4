/**
 * Turns for the work on events of subscriptions. One event may be heard by a thousand subscriptions of one client, each
 * of which reads as much as a request may: without turns they would take every connection to the database at once, and
 * all other visitors would be refused meanwhile.
 *
 * So many events are worked on at a time; the turns go round among the clients, whatever each of them waits for.
 */
export class EventTurns {
  private running = 0;
  /** The waiting work of each client; the client whose turn is next is the first. */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly most: number) {}

  /** Runs `work` when it is the client's turn, and returns its result. */
  async take<T>(client: string, work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running++;
    else await this.turnOf(client);
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  private turnOf(client: string): Promise<void> {
    return new Promise((resolve) => {
      const starts = this.waiting.get(client);
      if (starts) starts.push(resolve);
      else this.waiting.set(client, [resolve]);
    });
  }

  private passOn(): void {
    const [next] = this.waiting;
    if (!next) {
      this.running--;
      return;
    }
    const [client, starts] = next;
    const start = starts.shift();
    this.waiting.delete(client);
    if (starts.length > 0) this.waiting.set(client, starts);
    // Not at once: requests come between.
    if (start) setImmediate(start);
  }
}
