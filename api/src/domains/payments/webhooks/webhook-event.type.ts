import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionOf } from '../../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { paymentLoaders } from '../payment.loaders.js';
import type { WebhookEventEntity } from '../payment.entity.js';
import { PaymentProviderName } from '../payment.type.js';

export enum WebhookEventStatus {
  NEW = 'NEW',
  DONE = 'DONE',
  IGNORED = 'IGNORED',
  DEAD = 'DEAD',
}
registerEnumType(WebhookEventStatus, {
  name: 'WebhookEventStatus',
  description: 'What became of an event.',
  valuesConfig: {
    NEW: { description: 'Waits to be worked on, or to be tried again.' },
    DONE: { description: 'The object it is about was read from the provider and applied.' },
    IGNORED: {
      description: 'Of a type that is not followed, or about an object the provider does not know.',
    },
    DEAD: { description: 'Failed ten times: a person must look.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'An event that the payment provider sent, or could not deliver and was asked for.',
  simpleResolvers: true,
})
export class WebhookEvent {
  @GlobalId('whev')
  readonly id!: string;

  @Field(() => String, { description: "The provider's id of it." })
  eventId!: string;

  @Field(() => PaymentProviderName, { description: 'Who sent it.' })
  provider!: string;

  @Field(() => String, { description: "The provider's word for what happened." })
  type!: string;

  @Field(() => String, {
    nullable: true,
    description: "The provider's id of what it is about; null for a type that is not followed.",
  })
  objectId!: string | null;

  @Field(() => WebhookEventStatus, { description: 'What became of it.' })
  status!: string;

  @Field(() => Boolean, { description: 'Whether its signature was checked.' })
  verified!: boolean;

  @Field(() => Int, { description: 'How often it was worked on.' })
  attempts!: number;

  @Field(() => String, { nullable: true, description: 'How the last try failed; null when it did not.' })
  error!: string | null;

  @Field(() => Date, { description: 'When it came.' })
  receivedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done or ignored; null until then.' })
  processedAt!: Date | null;

  @Derived<WebhookEventEntity>(
    () => String,
    ({ id }, context) => paymentLoaders(context).eventBody.load(id),
    {
      description: 'The body as it came; only client secrets are left out.',
    },
  )
  payload!: never;
}

@ObjectType({ description: 'A page of events.', simpleResolvers: true })
export class WebhookEventConnection extends ConnectionOf(WebhookEvent, 'WebhookEvent') {}

@InputType({ description: 'Which events to list; what is left out does not narrow.' })
export class WebhookEventFilter {
  @Field(() => [WebhookEventStatus], { nullable: true, description: 'Any of these.' })
  statuses?: WebhookEventStatus[] | null;

  @Field(() => String, { nullable: true, description: "The provider's type, such as `refund.failed`." })
  type?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of events, at most 100. An empty list narrows nothing.',
  })
  ids?: string[] | null;
}

@InputType({ description: 'An event to work on again.' })
export class WebhookReplayInput {
  @Field(() => ID, { description: 'The event.' })
  webhookEventId!: string;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat does nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The event after a replay was asked for.', simpleResolvers: true })
export class WebhookEventPayload extends Payload {
  @Field(() => WebhookEvent, {
    nullable: true,
    description: 'The event as it is now, also when refused; null when there is none.',
  })
  event!: object | null;
}
