import type { Clock } from '../../kernel/clock.js';
import type { Listener } from './listener.js';
import { forEverybody } from './visitor-reads.js';

/** The channel on which a transaction that changes the catalog announces it: `SELECT pg_notify('vitrine_catalog', '')`. */
export const CATALOG_CHANNEL = 'vitrine_catalog';

/** When a value ends by itself, because something in it begins or ends on a day. */
export interface Lasting<T> {
  readonly clock: Clock;
  /** Null for a value that stays until a change is announced. */
  readonly endOf: (value: T) => Date | null;
}

/**
 * A value that is loaded once and cached until the catalog (or the shop's settings) changes in any process, or until it
 * ends by itself.
 *
 * While the listening connection is down nothing is cached: each call loads the value again.
 */
export class CatalogCache<T> {
  private value: Promise<T> | null = null;
  private loaded: { readonly of: Promise<T>; readonly value: T } | null = null;

  constructor(
    private readonly listener: Listener,
    private readonly load: () => Promise<T>,
    /** Announces the changes of the value. */
    channel = CATALOG_CHANNEL,
    private readonly lasting: Lasting<T> | null = null,
  ) {
    listener.on(channel, () => this.drop());
    listener.onReconnect(() => this.drop());
  }

  get(): Promise<T> {
    if (!this.listener.connected) return this.load();
    if (this.isOver()) this.drop();
    if (!this.value) {
      const loading = forEverybody(() => this.load());
      this.value = loading;
      loading.then(
        (value) => (this.loaded = { of: loading, value }),
        // A failed load must not be cached.
        () => {
          if (this.value === loading) this.value = null;
        },
      );
    }
    return this.value;
  }

  /**
   * The value if it is held at this moment, else null. A transaction that finds null reads over its own connection: it
   * would wait for another one, which may be waiting for the end of a transaction like itself.
   */
  held(): T | null {
    const isHeld =
      this.listener.connected && this.value !== null && this.loaded?.of === this.value && !this.isOver();
    return isHeld ? (this.loaded?.value ?? null) : null;
  }

  /** Clears the cache in the process that made the change: its next read must not wait for the notification. */
  drop(): void {
    this.value = null;
  }

  /** Whether the end of the value that is held has come. */
  private isOver(): boolean {
    if (!this.lasting || this.loaded === null || this.loaded.of !== this.value) return false;
    const end = this.lasting.endOf(this.loaded.value);
    return end !== null && end <= this.lasting.clock.now();
  }
}
