import { createLogger, type Logger } from '../kernel/logger.js';
import { startError } from './settings/start-problems.js';
import { EnvError, readEnv, type Env } from './settings/env.js';

/** Longer than any provider call that a request may be waiting for. */
export const STOP_LIMIT_MS = 15_000;

/** Returns the settings and a logger, or ends the process with one message that lists every mistake. */
export function readSettings(): { env: Env; logger: Logger } {
  try {
    const env = readEnv(process.env);
    const logger = createLogger(env.logLevel);
    for (const warning of env.warnings) logger.warn(warning);
    return { env, logger };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/**
 * Stops in order on SIGINT and SIGTERM; a second signal, or a stop that hangs, ends the process at once. The stop
 * deliberately waits `drainMs` milliseconds.
 */
export function stopOnSignals(logger: Logger, stop: () => Promise<void>, drainMs = 0): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS + drainMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'Stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** Ends the process after a failed start, with one sentence if the cause is known. */
export function failStart(error: unknown, env: Env): never {
  const sentence = startError(error, { databaseUrl: env.database.url, dataDir: env.dataDir });
  if (sentence) console.error(sentence);
  // Unknown, so everything is printed, except the client of a database error, which contains the password.
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
}
