import { sep } from 'node:path';
import { StartProblem } from '../../kernel/start-problem.js';
import { folderSentence } from './data-folder.js';

interface Trouble {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly path?: string;
  /** Of a connection: an IP address, or the path of a socket. */
  readonly address?: string;
}

export interface StartSituation {
  readonly databaseUrl: string;
  readonly dataDir: string;
}

const UNREACHABLE =
  'The database of DATABASE_URL cannot be reached. Is the address right, and does a firewall let this machine through?';
const CERTIFICATE =
  'The certificate of the database cannot be trusted. Give its authority with sslrootcert= in DATABASE_URL, or ask whoever runs the database.';
const CERTIFICATE_FILE =
  'A file of sslrootcert=, sslcert= or sslkey= in DATABASE_URL is no certificate or key in PEM format, or they do not belong together.';
const NOT_ALONE =
  'The database of DATABASE_URL has tables or types of another program that are called like those of the shop. Give the shop a database of its own.';
const NOT_POSTGRES =
  'What answers at the address of DATABASE_URL is no PostgreSQL, or hangs up at once. Are the host and the port right?';

/** By error code of the network or of PostgreSQL. */
const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The database of DATABASE_URL does not answer. Is it running, and is the address right?',
  ENOTFOUND: 'The host of DATABASE_URL is not known. Is its name right?',
  EAI_AGAIN: 'The host of DATABASE_URL could not be looked up: the name server does not answer.',
  ERR_SOCKET_BAD_PORT: 'The port of DATABASE_URL is none. Write a number from 1 to 65535.',
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
  '25006': 'The database of DATABASE_URL may only be read from. Name the main server, not a copy of it.',
  '42P07': NOT_ALONE,
  '42710': NOT_ALONE,
  '42701': NOT_ALONE,
  '42703': NOT_ALONE,
  '53100': 'The database of DATABASE_URL has no space left on its disk.',
  '53300': 'The database has no connection left. Lower DATABASE_POOL_SIZE, or let it take more.',
  '57P03': 'The database is starting up or shutting down. Try again in a moment.',
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  // A folder in place of the file; the error does not say which.
  EISDIR: CERTIFICATE_FILE,
  ERR_OSSL_PEM_NO_START_LINE: CERTIFICATE_FILE,
  ERR_OSSL_PEM_BAD_END_LINE: CERTIFICATE_FILE,
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: CERTIFICATE_FILE,
  ERR_OSSL_UNSUPPORTED: CERTIFICATE_FILE,
  CERT_NOT_YET_VALID: 'The certificate of the database is not valid yet. Is the clock of this machine right?',
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
  [
    /password must be a (non-empty )?string/i,
    'The database wants a password, and DATABASE_URL has none. Write postgres://user:password@host:5432/database.',
  ],
  [/URI malformed/, 'DATABASE_URL has a % that stands for itself. Write %25 for it, also in a password.'],
  [/timeout expired|connection timeout/i, UNREACHABLE],
  [
    /Connection terminated unexpectedly|Unknown authenticationOk|There was an error establishing an SSL/i,
    NOT_POSTGRES,
  ],
];

/** One sentence on why the process cannot start and what to do; null for unknown errors. */
export function startError(error: unknown, situation: StartSituation): string | null {
  if (error instanceof StartProblem) return error.message;
  const { code = '', message = '' } = (error ?? {}) as Trouble;
  return (
    aboutFile((error ?? {}) as Trouble, situation) ??
    BY_CODE[code] ??
    BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ??
    null
  );
}

/** The files of a process are those in the data folder, and those that the address of the database names. */
function aboutFile(
  { code = '', syscall = '', path = '', address = '' }: Trouble,
  situation: StartSituation,
): string | null {
  const name = fileParameter(path, situation.databaseUrl);
  if (name)
    return `The file ${path} of ${name}= in DATABASE_URL cannot be read (${code}). Is its path right?`;
  if (syscall === 'connect' && address.startsWith('/'))
    return code === 'ENOENT' || code === 'ECONNREFUSED'
      ? `The database of DATABASE_URL does not answer: nothing listens at the socket ${address}. Is it running, and is the folder right?`
      : `The socket ${address} of DATABASE_URL cannot be used (${code}). May this user connect there?`;
  return path === situation.dataDir || path.startsWith(situation.dataDir + sep)
    ? folderSentence(code, path)
    : null;
}

/** The parameter of the address that names this file, such as `sslrootcert`. */
function fileParameter(path: string, databaseUrl: string): string | null {
  const parameters = path ? URL.parse(databaseUrl)?.searchParams : undefined;
  return [...(parameters ?? [])].find(([, value]) => value === path)?.[0] ?? null;
}

/** The calls to the system by which a server begins to listen. */
const LISTENING = new Set(['listen', 'bind', 'getaddrinfo']);

/** Where the API shall listen. */
export interface ListeningAt {
  readonly host: string;
  readonly port: number;
}

/**
 * What the shop does before it listens, such as reading its settings, may fail as well, and is passed on as it is.
 *
 * @throws StartProblem naming API_HOST or API_PORT when nothing can listen there
 */
export async function listening<T>({ host, port }: ListeningAt, listen: Promise<T>): Promise<T> {
  try {
    return await listen;
  } catch (error) {
    if (!LISTENING.has((error as Trouble).syscall ?? '')) throw error;
    throw new StartProblem(listenSentence((error as Trouble).code ?? String(error), { host, port }));
  }
}

function listenSentence(code: string, { host, port }: ListeningAt): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken. Stop what uses it, or set API_PORT to a free one.`;
    case 'EACCES':
    case 'EPERM':
      return `Port ${port} is reserved for the system. Set API_PORT to one above 1023.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${host} of API_HOST is not known. Write an address of this machine; 0.0.0.0 stands for all it has.`;
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `This machine does not have the address ${host} of API_HOST. 0.0.0.0 stands for all it has.`;
    default:
      return `The API cannot listen at ${host}, port ${port} (${code}). Are API_HOST and API_PORT right?`;
  }
}
