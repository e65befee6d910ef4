import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CATALOG_CHANNEL } from '../database/catalog-cache.js';
import type { Listener } from '../database/listener.js';
import { costLimit } from './limits.js';
import type { CacheSlot, RequestContext, Viewer } from './context.js';

export interface CacheScope {
  /** Fields of Query that answer every shopper alike. An operation that asks for any other is never kept. */
  readonly publicFields: ReadonlySet<string>;
  /** `Type.field` of what each sale changes without a word to the catalogue: answers with one are kept for a moment only. */
  readonly movingFields: ReadonlySet<string>;
}

/** What tells one answer from another. Nothing else of a request may matter to a public field. */
export interface PublicRequest {
  readonly query: string | undefined;
  readonly queryHash: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: unknown;
  readonly language: string;
  /** Stands before the URLs in the answer. */
  readonly urlPrefix: string;
  /** Decides the answer's content type. */
  readonly accept: string | undefined;
}

export interface CachedResponse {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

type Entry = CachedResponse & { readonly size: number; readonly until: number };

// Whoever changes the catalogue announces it; this only bounds the harm of a hand-typed UPDATE.
const LASTING_MS = 60_000;
const MOVING_MS = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;

/**
 * Whole answers to public catalogue queries, kept in the process until the catalogue changes.
 *
 * Never for staff, who see more; never for an operation that reads anything personal. Every announcement of a change
 * empties it; while the listening connection is down it holds and answers nothing. An answer that was computed while
 * a change was announced is not kept, as it may show what was before.
 */
export class ResponseCache {
  private readonly entries = new Map<string, Entry>();
  private generation = 0;
  private bytes = 0;

  constructor(
    private readonly listener: Pick<Listener, 'connected' | 'on' | 'onReconnect'>,
    private readonly scope: CacheScope,
    private readonly maxBytes = MAX_BYTES,
  ) {
    listener.on(CATALOG_CHANNEL, () => this.drop());
    listener.onReconnect(() => this.drop());
  }

  /** Where the answer would be; null when this caller's answers are not shared. */
  placeOf(request: PublicRequest, viewer: Viewer | null): CacheSlot | null {
    if (!this.listener.connected || isStaff(viewer) || (!request.query && !request.queryHash)) return null;
    const { language, urlPrefix, accept, operationName, queryHash, query, variables } = request;
    const given = typeof variables === 'string' ? variables : JSON.stringify(variables ?? null);
    // The limit is told with the answer, and customers may spend more than guests.
    const spend = costLimit(viewer);
    const key = JSON.stringify([language, urlPrefix, accept, operationName, queryHash, given, query, spend]);
    return { key, generation: this.generation, lifetime: 0 };
  }

  find({ key }: CacheSlot): CachedResponse | null {
    const entry = this.entries.get(key);
    if (!entry) return null;
    this.entries.delete(key);
    if (entry.until <= Date.now()) {
      this.bytes -= entry.size;
      return null;
    }
    // Put back at the end: the front is what was not asked for longest.
    this.entries.set(key, entry);
    return entry;
  }

  /** The answer ready to be sent, and kept if nothing has changed since; null when it is not public. */
  keep(place: CacheSlot, answer: { body: string; contentType: string }): CachedResponse | null {
    if (place.lifetime === 0) return null;
    const body = Buffer.from(answer.body);
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
    const kept: CachedResponse = { body, contentType: answer.contentType, etag };
    const isCurrent = this.listener.connected && place.generation === this.generation;
    if (isCurrent && body.length <= MAX_ANSWER_BYTES) this.store(place.key, kept, place.lifetime);
    return kept;
  }

  /** Judges each operation once and marks the answers that may be kept. */
  plugin(): ApolloServerPlugin<RequestContext> {
    const verdicts = new WeakMap<OperationDefinitionNode, number>();
    const handlers = {
      willSendResponse: async ({ operation, document, schema, contextValue, response, errors }: Sent) => {
        if (!operation || !document) return;
        if (operation.operation !== OperationTypeNode.QUERY) {
          // The announcement may still be on its way, and this editor's next look must show the change.
          if (isStaff(contextValue.viewer)) this.drop();
          return;
        }
        const place = contextValue.cacheSlot;
        if (!place || errors?.length || response.body.kind !== 'single' || response.body.singleResult.errors)
          return;
        let lifetime = verdicts.get(operation);
        if (lifetime === undefined) {
          lifetime = lifetimeOf(operation, { document, schema, scope: this.scope });
          verdicts.set(operation, lifetime);
        }
        place.lifetime = lifetime;
      },
    };
    return { requestDidStart: async () => handlers };
  }

  private store(key: string, answer: CachedResponse, lifetime: number): void {
    const size = answer.body.length + 2 * key.length;
    const before = this.entries.get(key);
    if (before) this.bytes -= before.size;
    this.entries.delete(key);
    this.entries.set(key, { ...answer, size, until: Date.now() + lifetime });
    this.bytes += size;
    for (const [oldest, { size: freed }] of this.entries) {
      if (this.bytes <= this.maxBytes) break;
      this.entries.delete(oldest);
      this.bytes -= freed;
    }
  }

  private drop(): void {
    this.generation++;
    this.entries.clear();
    this.bytes = 0;
  }
}

interface Sent {
  readonly operation?: OperationDefinitionNode;
  readonly document?: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly contextValue: RequestContext;
  readonly errors?: readonly unknown[];
  readonly response: {
    body: { kind: 'single'; singleResult: { errors?: readonly unknown[] } } | { kind: 'incremental' };
  };
}

function isStaff(viewer: Viewer | null): boolean {
  return (viewer?.permissions.size ?? 0) > 0;
}

/** How long answers to the operation may be kept, in milliseconds; 0 for never. */
function lifetimeOf(
  operation: OperationDefinitionNode,
  { document, schema, scope }: { document: DocumentNode; schema: GraphQLSchema; scope: CacheScope },
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  if (!rootFields(operation.selectionSet, fragments).every((name) => scope.publicFields.has(name))) return 0;
  let moves = false;
  const types = new TypeInfo(schema);
  const look = {
    Field(): void {
      moves ||= scope.movingFields.has(`${types.getParentType()?.name}.${types.getFieldDef()?.name}`);
    },
  };
  // Fragments of other operations in the document count too: at worst an answer is kept for less long.
  visit(document, visitWithTypeInfo(types, look));
  return moves ? MOVING_MS : LASTING_MS;
}

function rootFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.name.value];
    const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    return inner ? rootFields(inner.selectionSet, fragments) : [];
  });
}
