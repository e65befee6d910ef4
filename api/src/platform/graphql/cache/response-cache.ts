import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import {
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { CATALOG_CHANNEL } from '../../database/catalog-cache.js';
import type { Listener } from '../../database/listener.js';
import { costLimit } from '../limits/limits.js';
import { isStaff, type CacheSlot, type RequestContext, type Viewer } from '../context.js';
import { lifetimeOf } from './response-lifetime.js';
import { CacheScope } from './response-lifetime.js';

/** The cache key. No other part of a request may influence a public field. */
export interface PublicRequest {
  readonly query: string | undefined;
  readonly queryHash: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: unknown;
  readonly language: string;
  /** The prefix of the URLs in the response. */
  readonly urlPrefix: string;
  /** Determines the response's content type. */
  readonly accept: string | undefined;
}

export interface CachedResponse {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

type Entry = CachedResponse & { readonly size: number; readonly until: number };

/** What responses show may end by itself at a moment, as a tax rate at midnight. */
export interface DayOfResponses {
  readonly now: () => number;
  /** The moment at which the responses of now show something else; null when none is known. */
  readonly endsAt: () => Date | null;
}

const ALWAYS: DayOfResponses = { now: () => Date.now(), endsAt: () => null };

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ANSWER_BYTES = 512 * 1024;

/**
 * Caches whole responses to public catalog queries in the process until the catalog changes.
 *
 * Never for staff, who see more; never for an operation that reads personal data. Every announced change clears the
 * cache; while the listening connection is down it stores and returns nothing. A response computed while a change was
 * announced is not stored, because it may show the previous state.
 */
export class ResponseCache {
  private readonly entries = new Map<string, Entry>();
  private generation = 0;
  private bytes = 0;

  constructor(
    private readonly listener: Pick<Listener, 'connected' | 'on' | 'onReconnect'>,
    private readonly scope: CacheScope,
    private readonly maxBytes = MAX_BYTES,
    private readonly day: DayOfResponses = ALWAYS,
  ) {
    listener.on(CATALOG_CHANNEL, () => this.drop());
    listener.onReconnect(() => this.drop());
  }

  /** The cache entry of the request; null when this caller's responses are not shared. */
  slotOf(request: PublicRequest, viewer: Viewer | null): CacheSlot | null {
    if (!this.listener.connected || isStaff(viewer) || (!request.query && !request.queryHash)) return null;
    const { language, urlPrefix, accept, operationName, queryHash, query, variables } = request;
    const given = typeof variables === 'string' ? variables : JSON.stringify(variables ?? null);
    // The response states the limit, and customers have a higher one than guests.
    const spend = costLimit(viewer);
    const key = JSON.stringify([language, urlPrefix, accept, operationName, queryHash, given, query, spend]);
    return { key, generation: this.generation, lifetime: 0 };
  }

  lookUp({ key }: CacheSlot): CachedResponse | null {
    const entry = this.entries.get(key);
    if (!entry) return null;
    this.entries.delete(key);
    if (entry.until <= this.day.now()) {
      this.bytes -= entry.size;
      return null;
    }
    // Inserted at the end again: the front holds the least recently used entry.
    this.entries.set(key, entry);
    return entry;
  }

  /** Completes the response, and stores it if nothing has changed since; null when it is not public. */
  complete(place: CacheSlot, answer: { body: string; contentType: string }): CachedResponse | null {
    if (place.lifetime === 0) return null;
    const body = Buffer.from(answer.body);
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
    const kept: CachedResponse = { body, contentType: answer.contentType, etag };
    const isCurrent = this.listener.connected && place.generation === this.generation;
    if (isCurrent && body.length <= MAX_ANSWER_BYTES) this.store(place.key, kept, place.lifetime);
    return kept;
  }

  /** Analyzes each operation once and marks the responses that may be cached. */
  plugin(): ApolloServerPlugin<RequestContext> {
    const verdicts = new WeakMap<OperationDefinitionNode, number>();
    const handlers = {
      willSendResponse: async ({ operation, document, schema, contextValue, response, errors }: Sent) => {
        if (!operation || !document) return;
        if (operation.operation !== OperationTypeNode.QUERY) {
          // The notification may still be on its way, and this editor's next query must show the change.
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
    const ends = this.day.endsAt()?.getTime() ?? Infinity;
    this.entries.set(key, { ...answer, size, until: Math.min(this.day.now() + lifetime, ends) });
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
