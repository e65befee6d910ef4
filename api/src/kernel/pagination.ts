import { InvalidInputError } from './errors.js';
import { Cursor, CursorCodec } from './cursor.js';

export const MAX_PAGE = 100;

export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

export interface PageRequest {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: Cursor | null;
}

/** Checks first/after/last/before. @throws InvalidInputError for sizes outside 1..100 or both directions at once */
export function pageRequest(
  page: PageArguments,
  sort: string,
  cursors: CursorCodec,
  fallback = 24,
): PageRequest {
  const backward = page.last != null || page.before != null;
  if (backward && (page.first != null || page.after != null)) {
    throw new InvalidInputError('Page forward with first and after, or backward with last and before.', [
      'first',
    ]);
  }
  const size = (backward ? page.last : page.first) ?? fallback;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw new InvalidInputError(`A page holds 1 to ${MAX_PAGE} entries.`, [backward ? 'last' : 'first']);
  }
  const cursor = backward ? page.before : page.after;
  return { size, backward, cursor: cursor ? cursors.decode(sort, cursor) : null };
}

export interface Connection<T> {
  edges: { node: T; cursor: string }[];
  nodes: T[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/**
 * The connection of rows that were read with `size + 1` as limit, in reading direction. The extra row only shows that
 * more follow.
 */
export function connectionOf<T>(rows: T[], request: PageRequest, encode: (row: T) => string): Connection<T> {
  const more = rows.length > request.size;
  const nodes = rows.slice(0, request.size);
  if (request.backward) nodes.reverse();
  const edges = nodes.map((node) => new Edge(node, encode));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: request.backward ? request.cursor !== null : more,
      hasPreviousPage: request.backward ? more : request.cursor !== null,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

/** Signs its cursor on first access, because most requests read one of a page's cursors or none. */
class Edge<T> {
  constructor(
    readonly node: T,
    private readonly encode: (row: T) => string,
  ) {}

  get cursor(): string {
    return this.encode(this.node);
  }
}
