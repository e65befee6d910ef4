import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApi } from './built-api.js';
import { WIDE_LIMITS } from './wide-limits.js';

const ROOT = join(import.meta.dirname, '../../../../api');

/** The API as in production: a separate process, which can be killed. */
export interface ApiProcess {
  readonly url: string;
  /** SIGKILL: nothing is closed or finished. */
  kill(): Promise<void>;
  /** SIGTERM, as before a new version starts; returns the exit code once it has ended. */
  stop(): Promise<number | null>;
}

/** Starts the API, built from the sources as they are, and waits until it is ready. */
export async function startApi(
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'vitrine-process-'))];
  const child = spawn(process.execPath, [join(await builtApi(), 'main.js')], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      // Later starts read what the first has compiled.
      NODE_COMPILE_CACHE: join(tmpdir(), 'vitrine-compile-cache'),
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      API_PORT: String(port),
      API_HOST: '127.0.0.1',
      // Shared by all processes, because each must verify what another one signed.
      JWT_SECRET: 'a-secret-of-the-shops-that-tests-open',
      ...WIDE_LIMITS,
      ...env,
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => void (complaint += text.toString()));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url, () => complaint);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, url: string, complaint: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The API ended by itself: ${complaint()}`);
    const ready = await fetch(`${url}/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port outside the ephemeral range, so that no other process gets it before the API listens. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) =>
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
    );
    await new Promise((resolve) => probe.close(resolve));
    if (isFree) return port;
  }
}
