import { ArgsType, Field, Int } from 'type-graphql';
import { anyOf } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import type { Querying } from '../../platform/database/database.js';
import { readPage, type ListShape, type Page } from '../../platform/graphql/keyset-list.js';
import type { DisputeRow } from './disputes/dispute.service.js';
import type { WebhookEventEntity } from './payment.entity.js';
import { disputeColumns } from './disputes/dispute.statements.js';
import { IS_OPEN_DISPUTE } from './payment-states.js';
import { eventColumns } from './webhooks/webhook.statements.js';

@ArgsType()
export class PaymentPage implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}

const DISPUTES: ListShape = {
  name: 'payments.dispute-list',
  columns: disputeColumns,
  from: 'dispute d JOIN payment p ON p.id = d.payment_id',
  time: 'd.created_at',
  id: 'd.id',
  conditions: `($1::boolean IS NULL OR (d.status ${IS_OPEN_DISPUTE}) = $1)`,
  parameters: 1,
};

const EVENTS: ListShape = {
  name: 'payments.event-list',
  columns: eventColumns,
  from: 'webhook_inbox',
  time: 'received_at',
  id: 'id',
  conditions: `($1::text IS NULL OR event_id = $1 OR object_id = $1)
    AND ($2::text[] IS NULL OR status = ANY($2)) AND ($3::text IS NULL OR type = $3)`,
  parameters: 3,
};

/** Lists disputes by keyset. */
export class DisputeList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(open: boolean | null, page: PageArguments): Promise<Page<DisputeRow>> {
    return readPage<DisputeRow>(this.database, this.cursors, DISPUTES, {
      values: [open],
      page,
      timeOf: ({ createdAt }) => createdAt,
    });
  }
}

export interface EventQuery {
  /** The provider's id of the event or of its object. */
  readonly search: string | null;
  readonly statuses: readonly string[] | null;
  readonly type: string | null;
}

/** Lists the inbox by keyset. */
export class WebhookEventList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page({ search, statuses, type }: EventQuery, page: PageArguments): Promise<Page<WebhookEventEntity>> {
    return readPage<WebhookEventEntity>(this.database, this.cursors, EVENTS, {
      values: [search?.trim() || null, anyOf(statuses), type?.trim() || null],
      page,
      timeOf: ({ receivedAt }) => receivedAt,
    });
  }
}
