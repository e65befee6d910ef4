import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { handTo, reachableFolder, serverAccount, serverBinaries, type Account } from './embedded-host.js';

export interface EmbeddedSettings {
  /** The data directory of the cluster; created by the first start. */
  readonly directory: string;
  /** `throwaway` trades durability for speed, and the cluster is deleted when it stops. */
  readonly keep: 'durable' | 'throwaway';
}

/** A local PostgreSQL server on 127.0.0.1 only. It stops when this process ends, however that happens. */
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
const OWNER = 'vitrine';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

// For a small machine and short statements: one process per statement, no JIT compilation.
const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  io_method: 'sync',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};
const DURABLE = { synchronous_commit: 'on', max_wal_size: '512MB' };
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

// The server's parent process. The pipe on its standard input closes when our process ends, even with kill -9, and it
// then stops the server. $0 is the folder to delete afterwards, or empty.
const GUARD = `
exec 3<&0
"$@" 3<&- & server=$!
( read -r _ <&3; kill -INT $server ) & watcher=$!
exec 3<&-
wait $server; code=$?
kill $watcher 2>/dev/null
[ -z "$0" ] || rm -rf "$0" "$0.password" "$0.log"
exit $code`;

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

function server({
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
  const url = (database: string) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
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

async function launch(
  postgres: string,
  {
    directory,
    port,
    keep,
    account,
  }: { directory: string; port: number; keep: EmbeddedSettings['keep']; account: Account | null },
): Promise<ChildProcess> {
  const settings = { ...COMMON, ...(keep === 'durable' ? DURABLE : THROWAWAY), port: String(port) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const trash = keep === 'throwaway' ? directory : '';
  const log = await openLog(directory, account);
  // A process group of its own: Ctrl-C in the terminal must reach the launcher only, which stops the database last.
  const guard = spawn('/bin/sh', ['-c', GUARD, trash, postgres, '-D', directory, ...options], {
    ...account,
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  guard.stdin?.on('error', () => undefined);
  return guard;
}

/** The server's process id once it accepts connections, or null if it ended instead. */
async function ready(directory: string, guard: ChildProcess): Promise<number | null> {
  let over = false;
  guard.once('close', () => (over = true)).once('error', () => (over = true));
  for (const started = Date.now(); !over && Date.now() - started < START_LIMIT_MS; await sleep(10)) {
    const lines = (await readFile(pidFile(directory), 'utf8').catch(() => '')).split('\n');
    if (lines[7]?.trim() === 'ready') return Number(lines[0]);
  }
  guard.stdin?.end();
  return null;
}

/**
 * Stops the server that an earlier start left on this folder.
 *
 * The caller holds the folder, so a server still running on it has lost its launcher and is about to stop. A process id
 * that now belongs to another program is left alone.
 */
async function endLeftover(directory: string): Promise<void> {
  const pid = Number((await readFile(pidFile(directory), 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  for (const started = Date.now(); await serves(pid, directory); await sleep(50)) {
    if (Date.now() - started > STOP_LIMIT_MS)
      throw new Error(`PostgreSQL (process ${pid}) still runs on ${directory} and does not stop.`);
    if (Date.now() - started > 2_000) signal(pid, 'SIGINT');
  }
  await rm(pidFile(directory), { force: true });
}

async function serves(pid: number, directory: string): Promise<boolean> {
  if (!signal(pid, 0)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (command !== null) return command.split('\0').includes(directory);
  const ps = spawn('ps', ['-o', 'command=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  ps.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise<void>((resolve) => ps.once('close', () => resolve()).once('error', () => resolve()));
  return text.includes(directory);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function openLog(directory: string, account: Account | null): Promise<number> {
  const log = openSync(`${directory}.log`, 'w');
  await handTo(account, `${directory}.log`);
  return log;
}

async function lastWords(directory: string): Promise<string> {
  const text = await readFile(`${directory}.log`, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-10).join('\n');
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
const pidFile = (directory: string): string => `${directory}/postmaster.pid`;

/** The environment of the server's programs: neither secrets nor PG* settings of the user. */
const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }); // eslint-disable-line no-restricted-properties -- the server's programs need the search path
