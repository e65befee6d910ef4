import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime, EmailAddress } from '../../../platform/graphql/scalars.js';
import { identityLoaders } from '../identity.loaders.js';
import { permissionsInRole } from './acting.js';
import type { StaffMemberRow } from './staff.statements.js';
import { StaffRole } from './staff-role.type.js';

export enum StaffStatus {
  ACTIVE = 'ACTIVE',
  LOCKED = 'LOCKED',
}
registerEnumType(StaffStatus, {
  name: 'StaffStatus',
  description: 'Whether a member of staff may sign in.',
  valuesConfig: {
    ACTIVE: { description: 'May sign in.' },
    LOCKED: { description: 'Was locked out: nobody signs in to the account.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Somebody who works in the shop.',
  simpleResolvers: true,
})
export class StaffMember {
  @GlobalId('staff')
  readonly id!: string;

  @Field(() => EmailAddress, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'Given name.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name.' })
  lastName!: string;

  @Derived<StaffMemberRow>(
    () => StaffRole,
    ({ roleId }, context) => identityLoaders(context).staffRole.load(roleId),
    {
      description: 'The role.',
    },
  )
  role!: never;

  @Derived<StaffMemberRow>(() => StaffStatus, ({ lockedAt }) => (lockedAt ? 'LOCKED' : 'ACTIVE'), {
    description: 'Whether this person may sign in.',
  })
  status!: StaffStatus;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When this person was locked out; null while they may sign in.',
  })
  lockedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of who locked this person out; null while they may sign in, and for an account that is gone.',
  })
  lockedByName!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When this person was seen last, to within the life of an access token; null before the first sign-in.',
  })
  lastSeenAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether a code is asked for beside the password.' })
  hasSecondFactor!: boolean;

  @Derived<StaffMemberRow>(() => Boolean, ({ id }, { viewer }) => viewer?.userId === id, {
    description: 'Whether this is the caller.',
  })
  isSelf!: never;

  @Derived<StaffMemberRow>(
    () => Boolean,
    async ({ id, roleId }, context) => {
      const { viewer } = context;
      if (!viewer?.permissions.has('STAFF_WRITE') || viewer.userId === id) return false;
      const role = await identityLoaders(context).staffRole.load(roleId);
      return role !== null && [...permissionsInRole(role)].every((one) => viewer.permissions.has(one));
    },
    {
      description:
        'Whether the caller may give another role, lock and remove: not themselves, nor who has more.',
    },
  )
  canChange!: never;

  @Field(() => Int, { description: 'Rises with every change; give it as expectedVersion.' })
  version!: number;

  @Field(() => DateTime, { description: 'Since when this person has worked in the shop.' })
  createdAt!: Date;
}

@ObjectType({ description: 'The member of staff after a change.', simpleResolvers: true })
export class StaffMemberPayload extends Payload {
  @Field(() => StaffMember, {
    nullable: true,
    description: 'The person as they are now, also when refused; null when they do not work in the shop.',
  })
  staffMember!: object | null;
}
