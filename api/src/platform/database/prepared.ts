import pg from 'pg';

// Stored as a comment on the database, so it is copied and dropped with it.
const note = (fingerprint: string, migrations: number): string =>
  `prepared ${fingerprint} with ${migrations} migrations`;

const STATE = `
  SELECT shobj_description(d.oid, 'pg_database') AS note,
         to_regclass('public.migration') IS NOT NULL AS migrated
    FROM pg_database d WHERE d.datname = current_database()`;
const OWN = `EXISTS (SELECT FROM shop_setting WHERE key = 'beginning' AND value->>'isOwn' = 'true')`;
const CONTENT = `SELECT (SELECT count(*)::int FROM migration) AS migrations, EXISTS (SELECT FROM product) OR ${OWN} AS filled`;
const KIND = `SELECT CASE WHEN ${OWN} THEN 'OWN' WHEN EXISTS (SELECT FROM app_user) OR EXISTS (SELECT FROM product)
  OR EXISTS (SELECT FROM shop_order) THEN 'FILLED' ELSE 'NEW' END AS kind`;

const AWAITS = `SELECT ${OWN} AND NOT EXISTS (SELECT FROM app_user WHERE role = 'OWNER') AS awaits`;

/** What is in a database: nothing yet, a shop of its own, or goods and accounts of the demonstration or of before. */
export type DatabaseKind = 'NEW' | 'OWN' | 'FILLED';

/** What a start finds; it asks before the database is brought up to date, which may be of an older version. */
export async function kindOf(url: string): Promise<DatabaseKind> {
  return withClient(url, async (client) => {
    const [state] = (await client.query<{ migrated: boolean }>(STATE)).rows;
    if (!state?.migrated) return 'NEW';
    const [found] = (await client.query<{ kind: DatabaseKind }>(KIND)).rows;
    return found?.kind ?? 'NEW';
  });
}

/**
 * Whether this very build has migrated and filled the database before, and it has been neither emptied nor reverted
 * since.
 */
export async function isPrepared(url: string, fingerprint: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const [state] = (await client.query<{ note: string | null; migrated: boolean }>(STATE)).rows;
    if (!state?.note || !state.migrated) return false;
    const { migrations, filled } = await content(client);
    return filled && state.note === note(fingerprint, migrations);
  });
}

/** Whether a shop of its own waits for its set-up; of a database that is prepared. */
export async function awaitsOwner(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const [found] = (await client.query<{ awaits: boolean }>(AWAITS)).rows;
    return found?.awaits ?? false;
  });
}

export async function recordPrepared(url: string, fingerprint: string): Promise<void> {
  await withClient(url, async (client) => {
    const { migrations } = await content(client);
    const database = client.escapeIdentifier(client.database ?? '');
    await client.query(
      `COMMENT ON DATABASE ${database} IS ${client.escapeLiteral(note(fingerprint, migrations))}`,
    );
  });
}

async function content(client: pg.Client): Promise<{ migrations: number; filled: boolean }> {
  const { rows } = await client.query<{ migrations: number; filled: boolean }>(CONTENT);
  return rows[0] ?? { migrations: 0, filled: false };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
