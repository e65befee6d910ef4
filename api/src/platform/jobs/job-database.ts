import pg from 'pg';
import type { Db } from 'pg-boss';
import type { Listener } from '../database/listener.js';

const PREPARE_FROM = 3;
const MOST_PREPARED = 200;

interface Known {
  readonly name: string;
  uses: number;
}
const known = new Map<string, Known>();

/**
 * pg-boss sends the same few statements repeatedly without a name, and each takes longer to plan than to execute. Here
 * the repeated ones are prepared. A text with several statements cannot be.
 */
export function preparedWhenRepeated(text: string, values: unknown[] = []): pg.QueryConfig {
  if (text.includes(';')) return { text, values };
  const before = known.get(text);
  if (!before && known.size === MOST_PREPARED) return { text, values };
  const { name, uses } = before ?? { name: `jobs.${known.size}`, uses: 0 };
  known.set(text, { name, uses: uses + 1 });
  return uses + 1 < PREPARE_FROM ? { text, values } : { name, text, values };
}

/** The connections of pg-boss; notifications come over the process's own listener. */
export class JobDatabase implements Db {
  private readonly pool: pg.Pool;

  constructor(
    url: string,
    private readonly listener: Listener,
    onError: (error: Error) => void,
  ) {
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: 'vitrine jobs',
      max: 4,
      // The planner would plan each call with a list of jobs anew, although it is nearly always a list of one.
      options: '-c plan_cache_mode=force_generic_plan',
    });
    this.pool.on('error', onError);
  }

  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    return this.pool.query(preparedWhenRepeated(text, values));
  }

  /** `onReconnect` is called now and after each reconnection: notifications may have been missed. */
  async listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }> {
    let closed = false;
    const off = this.listener.on(channel, onNotification);
    this.listener.onReconnect(() => {
      if (!closed) onReconnect();
    });
    onReconnect();
    return {
      close: async () => {
        closed = true;
        off();
      },
    };
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
