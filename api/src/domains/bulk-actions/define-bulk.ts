import type { ClassType } from 'type-graphql';
import { z } from 'zod';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import type { IdRange } from '../../platform/graphql/keyset-list.js';
import type { Permission, Role } from '../../platform/graphql/roles.js';
import { defineLongJob, type LongJobDefinition } from '../../platform/jobs/define-long-job.js';
import type { CheckoutBlockService } from '../checkout/index.js';
import type { Resending } from '../notifications/index.js';
import type { FulfillmentService, OrderService } from '../orders/index.js';
import type { WebhookInbox } from '../payments/index.js';
import type { ReturnReviewService } from '../returns/index.js';

/** The services whose operations are done to many objects. */
export interface BulkDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly orders: OrderService;
  readonly fulfillment: FulfillmentService;
  readonly reviews: ReturnReviewService;
  readonly resending: Resending;
  readonly webhooks: WebhookInbox;
  readonly blocks: CheckoutBlockService;
}

/** The work on one object after the other. */
export interface BulkWork<Query> {
  /** How many objects match; beyond `COUNT_CAP` nobody knows. */
  readonly count: (query: Query) => Promise<number>;
  /** The ids of the next objects that match, by rising id, as the list finds them. */
  readonly select: (querying: Querying, query: Query, range: IdRange) => Promise<string[]>;
  /** Takes the first lock of the operation. Returns what people call the object; null when it is gone. */
  readonly lock: (tx: Tx, id: string) => Promise<string | null>;
  /**
   * The operation that staff do to one object, in this transaction and without a key.
   *
   * @throws DomainError when it is refused: the object stays as it is, and the code is its row error
   */
  readonly apply: (tx: Tx, id: string, actorId: string) => Promise<unknown>;
}

export interface BulkAction<Query extends object = object> {
  /** Of its mutation: `orderBulkShip`. */
  readonly name: string;
  /** Of its long jobs: `ORDER_SHIP`. Never renamed. */
  readonly kind: string;
  /** What it does to all that match, for readers of the schema. */
  readonly description: string;
  /** The objects in words: `orders`. */
  readonly rows: string;
  /** The table of the objects, for the last id that there is when the job begins. */
  readonly table: string;
  /** Those of the single operation. */
  readonly role: Role;
  readonly permission: Permission;
  /** The longest search text of the list. */
  readonly search: number;
  /** The input type of the list's filter; chosen objects are named by its `ids`. */
  readonly filter: ClassType<object>;
  /** What search and filter mean for the list. It is stored as JSON; which of its fields are moments is said by `moments`. */
  readonly query: (search: string | null | undefined, filter: never) => Query;
  readonly moments?: readonly string[];
  readonly work: (deps: BulkDeps) => BulkWork<Query>;
}

/** A bulk action with its long job; the type of its query is known to its own file only. */
export interface DefinedBulk extends BulkAction {
  readonly job: LongJobDefinition;
}

/**
 * Describes an action on many objects once: `bulk-api.ts` makes its mutation, `bulk-job.ts` its job. Each is a few lines of a
 * file of `actions/`. Nothing about money is done in bulk.
 */
export function defineBulk<Query extends object>(action: BulkAction<Query>): DefinedBulk {
  // Dates are stored as text.
  const moments = Object.fromEntries((action.moments ?? []).map((name) => [name, z.coerce.date().nullish()]));
  const { kind, description, permission } = action;
  const job = defineLongJob({ kind, description, permission, input: z.looseObject(moments) });
  return { ...action, job } as unknown as DefinedBulk;
}
