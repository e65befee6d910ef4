import type { RequestContext } from './graphql/context.js';
import type { IdPrefix } from '../kernel/ids.js';

/** What a domain brings: the app lists the modules and nothing else of them. */
export interface DomainModule {
  /** TypeORM entity classes. */
  readonly entities: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type
  /** type-graphql resolver classes; the app's container builds them. */
  readonly resolvers: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
  /** Types reachable only through an interface (typed errors). */
  readonly orphanedTypes?: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type
  /** How `node(id)` finds this domain's entities, with the permission check of each; null for not found or not allowed. */
  readonly nodes?: Partial<Record<IdPrefix, NodeFinder>>;
}

export interface NodeFinder {
  /** Name of the GraphQL object type. */
  readonly type: string;
  readonly find: (uuid: string, context: RequestContext) => Promise<object | null>;
}
