import type { StripeServer } from './stripe-server.js';

/** Numbers between 0 and 1, the same again for the same seed (mulberry32). */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(chance: Chance, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)] as T;
}

export interface PostOptions {
  readonly stripe: StripeServer;
  readonly secret: string;
  /** The current address of the shop, which changes when it is restarted. */
  readonly address: () => string;
  readonly chance: Chance;
}

const LOST = 0.3;
const DOUBLED = 0.3;
const LONGEST_DELAY_MS = 1_500;

/** Delivers Stripe's events unreliably: lost, late, twice, in any order, or while the shop is down. */
export class UnreliablePost {
  private readonly underWay = new Set<Promise<unknown>>();
  readonly counts = { sent: 0, lost: 0, doubled: 0, refused: 0 };

  constructor(private readonly options: PostOptions) {}

  /** Sends an event of an intent; returns at once. */
  send(eventType: string, intentId: string): void {
    const { chance } = this.options;
    this.counts.sent++;
    if (chance() < LOST) {
      this.counts.lost++;
      return;
    }
    const copies = chance() < DOUBLED ? 2 + Math.floor(chance() * 2) : 1;
    if (copies > 1) this.counts.doubled++;
    const eventId = `evt_chaos_${this.counts.sent}`;
    for (let copy = 0; copy < copies; copy++) {
      const journey = this.carry(eventType, intentId, eventId, chance() * LONGEST_DELAY_MS);
      this.underWay.add(journey);
      void journey.finally(() => this.underWay.delete(journey));
    }
  }

  /** Waits until no delivery is pending. */
  async empty(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async carry(eventType: string, intentId: string, eventId: string, delayMs: number): Promise<void> {
    const { stripe, secret, address } = this.options;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    // A delivery to a stopped shop is lost and not retried.
    await stripe
      .deliver(eventType, intentId, `${address()}/webhooks/stripe`, secret, { eventId })
      .catch(() => {
        this.counts.refused++;
      });
  }
}
