import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Language } from '../../../../kernel/languages.js';
import { Derived, GlobalId } from '../../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../../platform/graphql/language.type.js';
import { Node } from '../../../../platform/graphql/node.type.js';
import { Payload } from '../../../../platform/graphql/payload.js';
import { Role } from '../../../../platform/graphql/roles.js';
import { DateTime, EmailAddress } from '../../../../platform/graphql/scalars.js';
import { identityLoaders } from '../../identity.loaders.js';
import { StaffRole } from '../staff-role.type.js';
import type { InvitationRow } from './invitation.statements.js';

export enum InvitationStatus {
  OPEN = 'OPEN',
  EXPIRED = 'EXPIRED',
}
registerEnumType(InvitationStatus, {
  name: 'InvitationStatus',
  description: 'Whether the link of an invitation can be used.',
  valuesConfig: {
    OPEN: { description: 'It can be used.' },
    EXPIRED: { description: 'It ran out; a new one can be sent.' },
  },
});

const statusOf = ({ isExpired }: Pick<InvitationRow, 'isExpired'>): string =>
  isExpired ? 'EXPIRED' : 'OPEN';

@ObjectType({
  implements: Node,
  description: 'An invitation to work in the shop that waits for its answer.',
  simpleResolvers: true,
})
export class StaffInvitation {
  @GlobalId('sinv')
  readonly id!: string;

  @Field(() => EmailAddress, { description: 'Where the link was sent.' })
  email!: string;

  @Derived<InvitationRow>(
    () => StaffRole,
    ({ roleId }, context) => identityLoaders(context).staffRole.load(roleId),
    {
      description: 'The role of who accepts it.',
    },
  )
  role!: never;

  @Field(() => LanguageCode, { description: 'The language of the mail.' })
  language!: Language;

  @Derived<InvitationRow>(() => InvitationStatus, statusOf, { description: 'Whether the link can be used.' })
  status!: InvitationStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The name of who sent it last; null when that account has none or is gone.',
  })
  invitedByName!: string | null;

  @Field(() => DateTime, { description: 'Until when the link can be used.' })
  expiresAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its holder asked for a new link because it ran out; null otherwise.',
  })
  askedAgainAt!: Date | null;

  @Field(() => Int, { description: 'Rises with every change; give it as expectedVersion.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was sent first.' })
  createdAt!: Date;
}

@ObjectType({
  description: 'An invitation as the holder of its link sees it.',
  simpleResolvers: true,
})
export class StaffInvitationOffer {
  @Field(() => EmailAddress, { description: 'The address that was invited.' })
  email!: string;

  @Derived<InvitationRow>(() => InvitationStatus, statusOf, { description: 'Whether it can be accepted.' })
  status!: InvitationStatus;

  @Derived<InvitationRow>(
    () => String,
    async ({ roleId }, context) => (await identityLoaders(context).staffRole.load(roleId))?.name ?? '',
    { description: 'The name of the role.' },
  )
  roleName!: string;

  @Derived<InvitationRow>(
    () => Role,
    async ({ roleId }, context) => (await identityLoaders(context).staffRole.load(roleId))?.code ?? null,
    { nullable: true, description: 'Which built-in role it is; null for one of the shop’s own.' },
  )
  builtInRole!: Role | null;

  @Field(() => String, { nullable: true, description: 'The name of who invited; null when there is none.' })
  invitedByName!: string | null;

  @Field(() => DateTime, { description: 'Until when it can be accepted.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a new link was asked for; null otherwise.' })
  askedAgainAt!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether the address has an account with a password: that is asked for, and no second account is made.',
  })
  hasAccount!: boolean;
}

@ObjectType({ description: 'The invitation after a change.', simpleResolvers: true })
export class StaffInvitationPayload extends Payload {
  @Field(() => StaffInvitation, {
    nullable: true,
    description: 'The invitation as it is now, also when refused; null when there is none that waits.',
  })
  invitation!: object | null;
}
