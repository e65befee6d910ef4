import { ArgsType, Field, Int } from 'type-graphql';
import { anyOf, anyOfIds } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { rowOf, t, type Querying } from '../../platform/database/database.js';
import { keysetList, type IdRange, type Page } from '../../platform/graphql/keyset-list.js';
import type { DisputeRow } from './disputes/dispute.service.js';
import { WebhookEventEntity } from './payment.entity.js';
import { DISPUTE_ROW, disputeColumns } from './disputes/dispute.statements.js';
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

const readDisputes = keysetList({
  name: 'payments.dispute-list',
  row: DISPUTE_ROW,
  columns: disputeColumns,
  from: 'dispute d JOIN payment p ON p.id = d.payment_id',
  time: 'd.created_at',
  id: 'd.id',
  filter: { open: t.boolean.orNull },
  conditions: `(:open::boolean IS NULL OR (d.status ${IS_OPEN_DISPUTE}) = :open)`,
});

const readEvents = keysetList({
  name: 'payments.event-list',
  row: rowOf(WebhookEventEntity),
  columns: eventColumns,
  from: 'webhook_inbox',
  time: 'received_at',
  id: 'id',
  filter: { search: t.text.orNull, statuses: t.texts.orNull, type: t.text.orNull, ids: t.uuids.orNull },
  conditions: `(:search::text IS NULL OR event_id = :search OR object_id = :search)
    AND (:statuses::text[] IS NULL OR status = ANY(:statuses)) AND (:type::text IS NULL OR type = :type)
    AND (:ids::uuid[] IS NULL OR id = ANY(:ids))`,
});

/** Lists disputes by keyset. */
export class DisputeList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(open: boolean | null, page: PageArguments): Promise<Page<DisputeRow>> {
    return readDisputes(this.database, this.cursors, {
      filter: { open },
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
  readonly ids: readonly string[] | null;
}

/** What search and filter of the inbox mean. */
export const eventQuery = (
  search: string | null | undefined,
  filter:
    | { statuses?: readonly string[] | null; type?: string | null; ids?: readonly string[] | null }
    | null
    | undefined,
): EventQuery => ({
  ...{ search: search ?? null, statuses: filter?.statuses ?? null, type: filter?.type ?? null },
  ids: anyOfIds('whev', filter?.ids),
});

/** Lists the inbox by keyset. */
export class WebhookEventList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(query: EventQuery, page: PageArguments): Promise<Page<WebhookEventEntity>> {
    const filter = eventFilter(query);
    return readEvents(this.database, this.cursors, { filter, page, timeOf: ({ receivedAt }) => receivedAt });
  }

  idsBetween(querying: Querying, query: EventQuery, range: IdRange): Promise<string[]> {
    return readEvents.ids(querying, eventFilter(query), range);
  }
}

function eventFilter({ search, statuses, type, ids }: EventQuery) {
  return {
    ...{ search: search?.trim() || null, statuses: anyOf(statuses), type: type?.trim() || null },
    ids: ids && [...ids],
  };
}
