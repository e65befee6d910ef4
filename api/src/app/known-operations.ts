import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, parse, print } from 'graphql';
import type { ThrownCode } from '../kernel/error-codes.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { PARSE_OPTIONS } from '../platform/graphql/limits.js';

const MANIFEST = 'persisted-documents.json';
type DocumentMemory = Exclude<ApolloServerOptions<RequestContext>['cache'], string | undefined>;

/** What Apollo puts before the hash when it looks a persisted query up. */
const APQ_PREFIX = 'apq:';

/**
 * The only documents that a shop answers once it has been told them (PERSISTED_OPERATIONS). Nobody is excepted, staff neither:
 * a stolen session of staff would open the whole schema again.
 */
export class KnownOperations {
  private readonly texts = new Map<string, string>();
  private readonly documents = new Set<string>();

  /** @throws Error that says which file is missing, is no manifest, or holds a text under a hash that is not its own */
  constructor(paths: readonly string[]) {
    for (const file of paths.flatMap(manifestsAt)) {
      for (const [hash, text] of Object.entries(readManifest(file))) {
        if (sha256(text) !== hash) throw new Error(`${file}: ${hash} is not the SHA-256 of its document.`);
        this.texts.set(hash, text);
        this.documents.add(inOneForm(text));
      }
    }
  }

  /** @throws GraphQLError PERSISTED_QUERY_REQUIRED for a document that is in no manifest, before it is checked against the schema */
  assertKnown(text: string): void {
    if (this.texts.has(sha256(text)) || this.documents.has(formOrNothing(text))) return;
    throw new GraphQLError('This shop answers only the operations that it was told beforehand.', {
      extensions: { code: 'PERSISTED_QUERY_REQUIRED' satisfies ThrownCode, http: { status: 400 } },
    });
  }

  /** Asserts it for a request by HTTP, while its context is made: what is thrown later, before parsing, Apollo answers as INTERNAL. */
  assertAsked({ method, query, body }: Pick<FastifyRequest, 'method' | 'query' | 'body'>): void {
    const text = ((method === 'GET' ? query : body) as { query?: unknown } | null | undefined)?.query;
    if (typeof text === 'string' && text !== '') this.assertKnown(text);
  }

  /** Lets no text through that reached Apollo in another way than `assertAsked` looks at. */
  plugin(): ApolloServerPlugin<RequestContext> {
    return {
      requestDidStart: async () => ({
        didResolveSource: async ({ source }) => this.assertKnown(source),
      }),
    };
  }

  /** Apollo's memory of persisted queries: every known document from the start, and never another. */
  cache(): DocumentMemory {
    return {
      get: async (key) => this.texts.get(key.slice(APQ_PREFIX.length)),
      set: async () => undefined,
      delete: async () => false,
    };
  }
}

/** The manifests that a path means: the file itself, or all of a folder. */
function manifestsAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const found = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(MANIFEST),
  );
  if (found.length === 0) throw new Error(`${path} holds no ${MANIFEST}: run npm run codegen first.`);
  return found.map((name) => join(path, name));
}

function readManifest(file: string): Record<string, string> {
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const isManifest =
    typeof read === 'object' &&
    read !== null &&
    Object.values(read).every((text) => typeof text === 'string');
  if (!isManifest) throw new Error(`${file} is no JSON object from hashes to documents.`);
  return read as Record<string, string>;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Clients print a document in their own way: spaces and the order of its definitions mean nothing. */
function inOneForm(text: string): string {
  const { definitions } = parse(text, { ...PARSE_OPTIONS, noLocation: true });
  return sha256(definitions.map(print).sort().join('\n'));
}

function formOrNothing(text: string): string {
  try {
    return inOneForm(text);
  } catch {
    return '';
  }
}
