import pg from 'pg';
import type { Logger } from '../../kernel/logger.js';
import { Fence } from './fence.js';

type Handler = (payload: string) => void;

const RETRY_MS = 1_000;

/**
 * One connection that LISTENs for this process.
 *
 * A notification is a hint, never the data. Notifications are lost while the connection is down, so a cache that
 * depends on them must check `connected` first and clear itself in `onReconnect`.
 */
export class Listener {
  private client: pg.Client | null = null;
  private closed = false;
  private readonly handlers = new Map<string, Set<Handler>>();
  private readonly reconnectHandlers = new Set<() => void>();
  private readonly fence = new Fence(() => this.ping());
  connected = false;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /** @throws Error when the database cannot be reached; nothing tries again then */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'vitrine listener',
      keepAlive: true,
    });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${channel}`);
      if (this.closed) throw new Error('The listener was stopped while it connected');
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.connected = true;
    for (const handler of this.reconnectHandlers) handler();
  }

  /**
   * Resolves once the notifications of every transaction that was confirmed before the call have been handled. Whoever
   * uses what a process holds calls it first. It never rejects and takes three seconds at the most: a connection that does
   * not answer is given up, `connected` is false then, and nothing held is used.
   */
  async caughtUp(): Promise<void> {
    const { client } = this;
    if (!client || !this.connected) return;
    if (await this.fence.pass()) return;
    this.lost(client);
    client.end().catch(() => undefined);
  }

  /** Calls `handler` for each notification on the channel (a plain SQL name); returns a function that unsubscribes. */
  on(channel: string, handler: Handler): () => void {
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set<Handler>();
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    if (!known && this.client) this.client.query(`LISTEN ${channel}`).catch(() => undefined);
    return () => handlers.delete(handler);
  }

  /** Calls `handler` after each (re)connection: notifications may have been missed before it. */
  onReconnect(handler: () => void): void {
    this.reconnectHandlers.add(handler);
  }

  async stop(): Promise<void> {
    this.closed = true;
    this.connected = false;
    await this.client?.end().catch(() => undefined);
  }

  private async ping(): Promise<void> {
    if (!this.client) throw new Error('Nothing listens');
    await this.client.query('');
  }

  private lost(client: pg.Client): void {
    // An attempt to connect that fails is reported by `start`: were it tried again from here too, each failure would
    // double the attempts, and every one that succeeds would hold a connection.
    if (this.closed || this.client !== client) return;
    this.connected = false;
    this.client = null;
    this.logger.warn('The listening connection was lost; caches are off until it is back');
    const retry = (): void => {
      if (this.closed) return;
      this.start().catch(() => setTimeout(retry, RETRY_MS).unref());
    };
    setTimeout(retry, RETRY_MS).unref();
  }
}
