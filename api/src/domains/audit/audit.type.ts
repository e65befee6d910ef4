import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../platform/graphql/node.type.js';
import { changesLoader, MOST_CHANGES, type AuditChangeRow, type AuditEntryRow } from './audit-list.js';
import { publicId } from './audited-entity.js';
import { changedFields } from './changed-fields.js';

export enum AuditActorKind {
  STAFF = 'STAFF',
  SYSTEM = 'SYSTEM',
}
registerEnumType(AuditActorKind, {
  name: 'AuditActorKind',
  description: 'What kind of actor did something.',
  valuesConfig: {
    STAFF: { description: 'Somebody who works in the shop.' },
    SYSTEM: {
      description:
        'The shop itself, such as the nightly job that forgets buyers, and whoever gives it a command on its server.',
    },
  },
});

export enum AuditChangeKind {
  CREATED = 'CREATED',
  CHANGED = 'CHANGED',
  DELETED = 'DELETED',
  REQUESTED = 'REQUESTED',
}
registerEnumType(AuditChangeKind, {
  name: 'AuditChangeKind',
  description: 'What happened to a record.',
  valuesConfig: {
    CREATED: { description: 'It was made.' },
    CHANGED: { description: 'Some of its fields have other values.' },
    DELETED: { description: 'It was deleted.' },
    REQUESTED: { description: 'Work on it was asked for that changed nothing of it in this transaction.' },
  },
});

@ObjectType({ description: 'A field of a record, before and after.', simpleResolvers: true })
export class AuditFieldChange {
  @Field(() => String, {
    description: 'Its name in the database; of a value in parts with the part: `name.ro`.',
  })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The value before: text as it is, anything else as JSON, amounts in minor units; a text of more than 2,000 characters as its SHA-256 and length. Null when it was empty, and when it is hidden.',
  })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'The value after, in the same form.' })
  after!: string | null;

  @Field(() => Boolean, {
    description: 'The values are secret or personal: the log knows that they changed, and nothing else.',
  })
  isHidden!: boolean;
}

@ObjectType({ description: 'A record that was written.', simpleResolvers: true })
export class AuditChange {
  @Field(() => String, { description: 'The table of the record, such as variant.' })
  record!: string;

  @Field(() => AuditChangeKind, { description: 'What happened to it.' })
  kind!: AuditChangeKind;

  @Field(() => String, { description: 'The type of the entity that it is a part of, such as Product.' })
  entityType!: string;

  @Derived<AuditChangeRow>(() => ID, ({ entityType, entityId }) => publicId(entityType, entityId), {
    nullable: true,
    description: 'The id of that entity, which may be gone; null where the type has none.',
  })
  entityId!: never;

  @Derived<AuditChangeRow>(
    () => String,
    ({ entityType, entityId }) => (publicId(entityType, entityId) === null ? entityId : null),
    { nullable: true, description: 'The code of an entity without an id, such as a group of settings.' },
  )
  entityCode!: never;

  @ListSize(5)
  @Derived<AuditChangeRow>(() => [AuditFieldChange], ({ changes }) => changedFields(changes), {
    description: 'Its fields that have other values, by name.',
  })
  fields!: never;
}

@ObjectType({
  implements: Node,
  description:
    'What staff, or the shop itself, wrote in one transaction. It was written in that transaction, and is never changed.',
  simpleResolvers: true,
})
export class AuditEntry {
  @GlobalId('audit')
  readonly id!: string;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => AuditActorKind, { description: 'What kind of actor it was.' })
  actorKind!: string;

  @Derived<AuditEntryRow>(() => ID, ({ actorId }) => actorId && globalId('user', actorId), {
    nullable: true,
    description: 'The account; null for the shop itself.',
  })
  actorId!: never;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the account; null for the shop itself and for an account that is gone.',
  })
  actorName!: string | null;

  @Field(() => String, {
    description: 'The mutation, such as productUpdate, or the name of the work of the shop itself.',
  })
  operation!: string;

  @Field(() => String, {
    description: 'The request: the header x-request-id of its response, which the log of the API has too.',
  })
  requestId!: string;

  @ListSize(3)
  @Derived<AuditEntryRow>(
    () => [AuditChange],
    async (entry, context) => (await changesLoader(context).load(entry)).shown,
    {
      description: `The records that were written, at most ${MOST_CHANGES} of them. In the history of an entity, work on many records tells those that concern it.`,
    },
  )
  changes!: never;

  @Derived<AuditEntryRow>(
    () => Boolean,
    async (entry, context) => (await changesLoader(context).load(entry)).hasMore,
    { description: `Whether it wrote more than the ${MOST_CHANGES} records of \`changes\`.` },
  )
  hasMoreChanges!: never;
}

@ObjectType({ description: 'A page of the audit log.', simpleResolvers: true })
export class AuditEntryConnection extends ConnectionOf(AuditEntry, 'AuditEntry') {}

@ObjectType({ description: 'Somebody whose writes are in the audit log.', simpleResolvers: true })
export class AuditActor {
  @GlobalId('user')
  readonly id!: string;

  @Field(() => String, { nullable: true, description: 'The name; null when the account is gone.' })
  name!: string | null;
}

@ObjectType({ description: 'By what the audit log can be narrowed.', simpleResolvers: true })
export class AuditLogChoices {
  @ListSize(10)
  @Field(() => [AuditActor], { description: 'Everybody who wrote something, by name.' })
  actors!: object[];

  @ListSize(50)
  @Field(() => [String], { description: 'Every operation that wrote something, by name.' })
  operations!: string[];

  @ListSize(30)
  @Field(() => [String], { description: 'Every type of which an entity was written, by name.' })
  entityTypes!: string[];
}
