import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, parse, print } from 'graphql';
import type { ThrownCode } from '../../kernel/error-codes.js';
import { StartProblem } from '../../kernel/start-problem.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { PARSE_OPTIONS } from '../../platform/graphql/limits/limits.js';

const MANIFEST = 'persisted-documents.json';
type DocumentMemory = Exclude<ApolloServerOptions<RequestContext>['cache'], string | undefined>;

/** Apollo's prefix of the hash when it looks up a persisted query. */
const APQ_PREFIX = 'apq:';

/**
 * The only documents that a shop with PERSISTED_OPERATIONS executes. Staff are no exception: a stolen staff session
 * would otherwise open the whole schema.
 */
export class KnownOperations {
  private readonly texts = new Map<string, string>();
  private readonly documents = new Set<string>();

  /**
   * @throws StartProblem naming the file that is missing, is no manifest, or holds a text under a hash that is not its own
   */
  constructor(paths: readonly string[]) {
    for (const file of paths.flatMap(manifestsAt)) {
      for (const [hash, text] of Object.entries(readManifest(file))) {
        if (sha256(text) !== hash) throw unusable(`${file}: ${hash} is not the SHA-256 of its document.`);
        this.texts.set(hash, text);
        this.documents.add(inOneForm(text));
      }
    }
  }

  /** @throws GraphQLError PERSISTED_QUERY_REQUIRED for a document that is in no manifest, before it is validated */
  assertKnown(text: string): void {
    if (this.texts.has(sha256(text)) || this.documents.has(formOrNothing(text))) return;
    throw new GraphQLError('This shop executes only known operations.', {
      extensions: { code: 'PERSISTED_QUERY_REQUIRED' satisfies ThrownCode, http: { status: 400 } },
    });
  }

  /**
   * Checks an HTTP request while its context is built: Apollo would report an error thrown later, before parsing, as
   * INTERNAL.
   */
  assertRequestKnown({ method, query, body }: Pick<FastifyRequest, 'method' | 'query' | 'body'>): void {
    const text = ((method === 'GET' ? query : body) as { query?: unknown } | null | undefined)?.query;
    if (typeof text === 'string' && text !== '') this.assertKnown(text);
  }

  /** Refuses documents that reached Apollo without passing `assertAsked`. */
  plugin(): ApolloServerPlugin<RequestContext> {
    return {
      requestDidStart: async () => ({
        didResolveSource: async ({ source }) => this.assertKnown(source),
      }),
    };
  }

  /** Apollo's store of persisted queries: every known document from the start, and no others. */
  cache(): DocumentMemory {
    return {
      get: async (key) => this.texts.get(key.slice(APQ_PREFIX.length)),
      set: async () => undefined,
      delete: async () => false,
    };
  }
}

function unusable(reason: string): StartProblem {
  return new StartProblem(`PERSISTED_OPERATIONS cannot be used. ${reason}`);
}

/** The manifests at a path: the file itself, or all of a folder. */
function manifestsAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw unusable(`${path} does not exist: run npm run codegen first.`);
  if (!found.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(MANIFEST),
  );
  if (names.length === 0) throw unusable(`${path} holds no ${MANIFEST}: run npm run codegen first.`);
  return names.map((name) => join(path, name));
}

function readManifest(file: string): Record<string, string> {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unusable(`${file}: ${(error as Error).message}`);
  }
  const isManifest =
    typeof read === 'object' &&
    read !== null &&
    Object.values(read).every((text) => typeof text === 'string');
  if (!isManifest) throw unusable(`${file} is no JSON object from hashes to documents.`);
  return read as Record<string, string>;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Normalizes a document: clients print them with different white space and order of definitions. */
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
