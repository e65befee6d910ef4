import { UnpreparedDatabase } from '../../platform/database/migrate.js';

interface Trouble {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
}

export interface StartSituation {
  readonly port: number;
  readonly dataDir: string;
}

const UNREACHABLE =
  'The database of DATABASE_URL cannot be reached. Is the address right, and does a firewall let this machine through?';
const CERTIFICATE =
  'The certificate of the database cannot be trusted. Give its authority with sslrootcert= in DATABASE_URL, or ask whoever runs the database.';
const NOT_POSTGRES =
  'What answers at the address of DATABASE_URL is no PostgreSQL, or hangs up at once. Are the host and the port right?';

/** By error code of the network or of PostgreSQL. */
const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The database of DATABASE_URL does not answer. Is it running, and is the address right?',
  ENOTFOUND: 'The host of DATABASE_URL is not known. Is its name right?',
  EAI_AGAIN: 'The host of DATABASE_URL could not be looked up: the name server does not answer.',
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ECONNRESET: NOT_POSTGRES,
  '28P01': 'The database refuses the user or password of DATABASE_URL.',
  '28000':
    'The database refuses the user of DATABASE_URL: there is no such user, or it may not come from this machine (with or without TLS).',
  '3D000': 'The database named in DATABASE_URL does not exist. Create it first.',
  '42501':
    'The user of DATABASE_URL lacks rights in the database. It must own it, or be allowed to create in it.',
  '53300': 'The database has no connection left. Lower DATABASE_POOL_SIZE, or let it take more.',
  '57P03': 'The database is starting up or shutting down. Try again in a moment.',
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  CERT_HAS_EXPIRED: 'The certificate of the database has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate of the database is for another host than the one in DATABASE_URL.',
};

/** By message, for libraries that give no code. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [
    /does not support SSL/i,
    'The database of DATABASE_URL speaks no TLS. Take sslmode= out of DATABASE_URL, or switch TLS on there.',
  ],
  [/timeout expired|connection timeout/i, UNREACHABLE],
  [
    /Connection terminated unexpectedly|Unknown authenticationOk|There was an error establishing an SSL/i,
    NOT_POSTGRES,
  ],
];

/** One sentence on why the process cannot start and what to do; null for unknown errors. */
export function startError(error: unknown, { port, dataDir }: StartSituation): string | null {
  const { code = '', syscall = '', message = '' } = (error ?? {}) as Trouble;
  if (error instanceof UnpreparedDatabase) return message;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what uses it, or set API_PORT to a free one.`;
  if (code === 'EADDRNOTAVAIL')
    return 'This machine does not have the address of API_HOST. 0.0.0.0 stands for all it has.';
  if (syscall === 'listen' && code === 'EACCES')
    return `Port ${port} is reserved for the system. Set API_PORT to one above 1023.`;
  const problem = BY_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
  return problem ?? aboutFolder(code, dataDir);
}

function aboutFolder(code: string, dataDir: string): string | null {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The folder ${dataDir} cannot be written by this user. Change its owner, or set DATA_DIR to another one.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${dataDir} is not a folder. Set DATA_DIR to one.`;
    case 'ENOSPC':
      return `There is no space left for ${dataDir}.`;
    default:
      return null;
  }
}
