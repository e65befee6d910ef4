import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

// Whatever a careless call logs, these never reach the output.
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
  // What PostgreSQL and TypeORM tell of a failed statement: "Failing row contains (...)" and its parameters.
  'err.detail',
  'err.where',
  'err.parameters',
  'err.driverError',
  'err.cause.detail',
  'err.cause.where',
  'err.cause.parameters',
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-cart-token"]',
  'res.headers["set-cookie"]',
];

/** JSON lines on standard output (or where a test reads them), with secrets and personal data masked. */
export function createLogger(level: string, output?: DestinationStream): Logger {
  return pino({ level, redact: { paths: SECRETS, censor: '[masked]' }, base: null }, output);
}
