import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { PageArguments } from '../../kernel/pagination.js';
import { DateTime } from '../../platform/graphql/scalars.js';

@InputType({ description: 'Which entries of the audit log to list; what is left out does not narrow.' })
export class AuditLogFilter {
  @Field(() => [ID], { nullable: true, description: 'These entries, at most 100.' })
  ids?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'By any of these accounts of staff, at most 100.' })
  actorIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Any of these operations, such as productUpdate: see auditLogChoices.',
  })
  operations?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'About an entity of any of these types, such as Product: see auditLogChoices.',
  })
  entityTypes?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'About this entity. Replaces entityTypes.' })
  entityId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of this request: the header x-request-id of its response, which the log of the API has too.',
  })
  requestId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;
}

@ArgsType()
export class AuditPage implements PageArguments {
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
