import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

// Keys that are masked wherever they are logged.
const SECRETS = [
  'password',
  'token',
  'clientSecret',
  'cardNumber',
  'authorization',
  'cookie',
  'email',
  'address',
  'phone',
  '*.password',
  '*.token',
  '*.clientSecret',
  '*.cardNumber',
  '*.authorization',
  '*.cookie',
  '*.email',
  '*.address',
  '*.phone',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-cart-token"]',
  'res.headers["set-cookie"]',
];

/** The fields of an error that may be logged. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string | number;
  readonly statusCode?: number;
  readonly because?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: LoggedError;
}

/**
 * Logs only the named fields of an error. Libraries attach arbitrary objects to their errors: the whole database client
 * with its statements and password, the failing row, a request with its headers.
 */
export function describeError(error: unknown): LoggedError {
  const given = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as Partial<
    Error & Record<string, unknown>
  >;
  const text = (key: string): object => (typeof given[key] === 'string' ? { [key]: given[key] } : {});
  const code = given['code'];
  return {
    type: given.constructor?.name ?? 'Error',
    message: String(given.message ?? ''),
    stack: String(given.stack ?? ''),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof given['statusCode'] === 'number' && { statusCode: given['statusCode'] }),
    ...text('because'),
    ...text('constraint'),
    ...text('table'),
    ...(given.cause != null && given.cause !== error && { cause: describeError(given.cause) }),
  };
}

/** A logger of JSON lines on standard output (or `output`, for tests), with secrets and personal data masked. */
export function createLogger(level: string, output?: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: { paths: SECRETS, censor: '[masked]' },
      base: null,
      serializers: { err: describeError, error: describeError },
    },
    output,
  );
}
