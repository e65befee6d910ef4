import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { PermissionEnum, Role, type Permission } from '../../../platform/graphql/roles.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { permissionsInRole } from './acting.js';
import type { StaffRoleRow } from './staff.statements.js';

@ObjectType({
  implements: Node,
  description: 'A role of people who work in the shop: a built-in one, or one of the shop’s own.',
  simpleResolvers: true,
})
export class StaffRole {
  @GlobalId('srole')
  readonly id!: string;

  @Field(() => String, {
    description: 'Its name. Clients name built-in roles in the reader’s language, by `builtIn`.',
  })
  name!: string;

  @Derived<StaffRoleRow>(() => Role, ({ code }) => code, {
    nullable: true,
    description: 'Which of the built-in roles it is; null for one of the shop’s own.',
  })
  builtIn!: Role | null;

  @ListSize(20)
  @Derived<StaffRoleRow>(() => [PermissionEnum], (role) => [...permissionsInRole(role)], {
    description: 'What it allows. A built-in role has what the modules of the shop give it.',
  })
  permissions!: Permission[];

  @Field(() => Int, { description: 'How many people have it, those who are locked out included.' })
  members!: number;

  @Derived<StaffRoleRow>(
    () => Boolean,
    (role, { viewer }) =>
      role.code !== 'OWNER' && [...permissionsInRole(role)].every((one) => viewer?.permissions.has(one)),
    {
      description:
        'Whether the caller may give it and take it: nobody gives more than they have, and the owner’s is handed on.',
    },
  )
  canGrant!: never;

  @Derived<StaffRoleRow>(
    () => Boolean,
    (role, { viewer }) =>
      role.code === null && [...permissionsInRole(role)].every((one) => viewer?.permissions.has(one)),
    { description: 'Whether the caller may change and delete it. Built-in roles are fixed.' },
  )
  canChange!: never;

  @Field(() => Int, { description: 'Rises with every change; give it as expectedVersion.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A permission that a role can hold.', simpleResolvers: true })
export class PermissionDescription {
  @Field(() => PermissionEnum, { description: 'The permission.' })
  permission!: Permission;

  @Field(() => String, {
    description: 'What it allows, in English. Clients have words of their own for those they know.',
  })
  description!: string;

  @Field(() => Role, { description: 'The least built-in role that holds it.' })
  leastRole!: Role;
}

@ObjectType({ description: 'The role after a change.', simpleResolvers: true })
export class StaffRolePayload extends Payload {
  @Field(() => StaffRole, {
    nullable: true,
    description: 'The role as it is now, also when refused; null when there is none.',
  })
  role!: object | null;
}

@ObjectType({ description: 'The outcome of deleting a role.', simpleResolvers: true })
export class StaffRoleDeletePayload extends StaffRolePayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedRoleId!: string | null;
}
