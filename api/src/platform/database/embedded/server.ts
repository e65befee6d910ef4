import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { handTo, reachableFolder, serverAccount, serverBinaries, type Account } from './host.js';
import { launch, ready, endLeftover, signal, openLog, lastWords } from './process.js';
import { embeddedUrl, OWNER } from './url.js';
import { serverEnvironment, STOP_LIMIT_MS, type EmbeddedSettings } from './settings.js';

/** A local PostgreSQL server on 127.0.0.1 and a socket in its folder only. It stops when this process ends, however that happens. */
export interface EmbeddedServer {
  /** May differ from the requested one: see `reachableFolder`. */
  readonly directory: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, whether stopped or crashed. */
  readonly ended: Promise<void>;
  url(database: string): string;
  /** Creates the database if it is missing. */
  ensureDatabase(name: string): Promise<void>;
  /** Fast shutdown: open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
  /** Immediate shutdown without a checkpoint; the next start replays the log. */
  abort(): void;
}

const MAJOR = '18';
// For a small machine and short statements: one process per statement, no JIT compilation.
// The server's parent process. The pipe on its standard input closes when our process ends, even with kill -9, and it
// then stops the server. $0 is the folder to delete afterwards, or empty.

export async function startEmbedded({ directory: wanted, keep }: EmbeddedSettings): Promise<EmbeddedServer> {
  if (process.platform === 'win32')
    throw new Error('The built-in PostgreSQL does not run on Windows itself: use WSL, or set DATABASE_URL.');
  const account = await serverAccount(wanted);
  const directory = await reachableFolder(wanted, account);
  const { initdb, postgres } = await serverBinaries(account);

  await createCluster(initdb, directory, account);
  await endLeftover(directory);
  const password = (await readFile(passwordFile(directory), 'utf8')).trim();
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const guard = await launch(postgres, { directory, port, keep, account });
    const pid = await ready(directory, guard);
    if (pid !== null) return server({ directory, port, pid, password, guard });
    // Another process may have taken the port between the check and the server's start.
    if (attempt === 3) throw new Error(`PostgreSQL did not start:\n${await lastWords(directory)}`);
  }
}

export function server({
  directory,
  port,
  pid,
  password,
  guard,
}: {
  directory: string;
  port: number;
  pid: number;
  password: string;
  guard: ChildProcess;
}): EmbeddedServer {
  const ended = new Promise<void>((resolve) => guard.once('close', () => resolve()));
  const url = (database: string) => embeddedUrl({ directory, port, password }, database);
  const abort = () => signal(pid, 'SIGQUIT');
  return {
    directory,
    port,
    pid,
    ended,
    url,
    abort,
    ensureDatabase: (name) => ensureDatabase(url('postgres'), name),
    stop: async () => {
      guard.stdin?.end();
      const late = setTimeout(abort, STOP_LIMIT_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Created in a temporary folder and renamed, so that an incomplete cluster is never used. */
async function createCluster(initdb: string, directory: string, account: Account | null): Promise<void> {
  const version = await readFile(`${directory}/PG_VERSION`, 'utf8').catch(() => null);
  if (version && version.trim() !== MAJOR) {
    throw new Error(
      `${directory} was made by PostgreSQL ${version.trim()}, this is ${MAJOR}: move it away, or set DATABASE_URL to a server that can read it.`,
    );
  }
  if (version) return;

  const half = `${directory}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await handTo(account, half);
  await writeFile(passwordFile(directory), `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  await handTo(account, passwordFile(directory));
  const options = [
    `--pgdata=${half}`,
    `--pwfile=${passwordFile(directory)}`,
    `--username=${OWNER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same text order on every machine, whatever languages it has installed.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  const log = await openLog(directory, account);
  const made = spawn(initdb, options, {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
  });
  const code = await new Promise((resolve, reject) => made.once('error', reject).once('close', resolve));
  closeSync(log);
  if (code !== 0)
    throw new Error(`PostgreSQL could not create its folder ${directory}:\n${await lastWords(directory)}`);
  await rm(directory, { recursive: true, force: true });
  await rename(half, directory);
}

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const passwordFile = (directory: string): string => `${directory}.password`;
