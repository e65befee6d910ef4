/**
 * After so long without an answer the listening connection counts as lost. Not sooner: on an overloaded machine an empty
 * statement may take a second, and nothing held would be used just when it is needed most.
 */
const LATE_MS = 3_000;

/**
 * Tells when this process has heard of every change that was confirmed before it asked.
 *
 * PostgreSQL queues a notification before its COMMIT is confirmed, and a connection hands out what is queued before it
 * answers its next statement. So the answer to an empty statement on the listening connection comes after all
 * notifications of earlier commits, on the same socket: their handlers have run by then.
 *
 * Callers share an answer, but only of a statement that was sent after they asked: one in flight may have been answered
 * before the commit that a caller has seen.
 */
export class Fence {
  private sent: Promise<boolean> | null = null;
  private next: Promise<boolean> | null = null;

  /** `ping` sends an empty statement over the listening connection; it rejects when there is none. */
  constructor(
    private readonly ping: () => Promise<unknown>,
    private readonly lateMs = LATE_MS,
  ) {}

  /** False when the connection did not answer: what was heard over it until now may be out of date. */
  pass(): Promise<boolean> {
    if (!this.sent) return this.send();
    return (this.next ??= this.sent.then(() => {
      this.next = null;
      return this.send();
    }));
  }

  private send(): Promise<boolean> {
    const sent = this.answered();
    this.sent = sent;
    void sent.then(() => {
      if (this.sent === sent) this.sent = null;
    });
    return sent;
  }

  private answered(): Promise<boolean> {
    return new Promise((resolve) => {
      // In a process that was busy for long the answer may lie unread: it is read before what setImmediate calls.
      const timer = setTimeout(() => setImmediate(() => resolve(false)), this.lateMs);
      const end = (isAnswered: boolean) => (): void => {
        clearTimeout(timer);
        resolve(isAnswered);
      };
      this.ping().then(end(true), end(false));
    });
  }
}
