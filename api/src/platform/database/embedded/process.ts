import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fchmodSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { handTo, type Account } from './host.js';
import {
  EmbeddedSettings,
  STOP_LIMIT_MS,
  COMMON,
  DURABLE,
  THROWAWAY,
  serverEnvironment,
} from './settings.js';
const START_LIMIT_MS = 60_000;

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

export async function launch(
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
export async function ready(directory: string, guard: ChildProcess): Promise<number | null> {
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
export async function endLeftover(directory: string): Promise<void> {
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

export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export async function openLog(directory: string, account: Account | null): Promise<number> {
  const log = openSync(`${directory}.log`, 'w', 0o600);
  // Also one that an earlier version made readable for others.
  fchmodSync(log, 0o600);
  await handTo(account, `${directory}.log`);
  return log;
}

export async function lastWords(directory: string): Promise<string> {
  const text = await readFile(`${directory}.log`, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-10).join('\n');
}

const pidFile = (directory: string): string => `${directory}/postmaster.pid`;
