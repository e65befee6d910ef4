import { createLogger, type Logger } from '../kernel/logger.js';
import { EnvError, readEnv, type Env } from './env.js';

const STOP_LIMIT_MS = 15_000;

/** The settings and a logger, or the end of the process with one message that lists every mistake. */
export function readSettings(): { env: Env; logger: Logger } {
  try {
    const env = readEnv(process.env);
    return { env, logger: createLogger(env.logLevel) };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Stops in order on SIGINT and SIGTERM; a second signal, or a stop that hangs, ends the process at once. */
export function stopOnSignals(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
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

/** Ends a start that cannot succeed with one sentence. */
export function failStart(error: unknown, env: Env): never {
  const code = (error as { code?: string }).code;
  if (code === 'EADDRINUSE')
    console.error(`Port ${env.http.port} is taken. Stop what uses it, or set API_PORT to a free one.`);
  else if (code === 'ECONNREFUSED')
    console.error('The database of DATABASE_URL does not answer. Is it running, and is the address right?');
  else if (code === '28P01') console.error('The database refuses the user or password of DATABASE_URL.');
  else if (code === '3D000')
    console.error('The database named in DATABASE_URL does not exist. Create it first.');
  else console.error(error);
  process.exit(1);
}
