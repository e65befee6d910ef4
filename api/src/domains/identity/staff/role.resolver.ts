import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { declaredPermissions, Role } from '../../../platform/graphql/roles.js';
import type { RoleService, SeenRole } from './role.service.js';
import { RoleCreateInput, RoleDeleteInput, RoleUpdateInput } from './staff.input.js';
import {
  PermissionDescription,
  StaffRole,
  StaffRoleDeletePayload,
  StaffRolePayload,
} from './staff-role.type.js';
import { allRoles, rolesById } from './staff.statements.js';

@Resolver()
export class RoleResolver {
  constructor(private readonly service: RoleService) {}

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @ListSize(10)
  @Query(() => [StaffRole], {
    description:
      'The roles: the built-in ones from the least to the owner’s, then the shop’s own by name. At most 50.',
  })
  roles(@Ctx() { database }: RequestContext): Promise<object[]> {
    return database.rows(allRoles);
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @ListSize(20)
  @Query(() => [PermissionDescription], {
    description: 'Every permission of the shop and its plugins, those of the least built-in role first.',
  })
  permissions(): PermissionDescription[] {
    return declaredPermissions();
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'ROLE_NAME_TAKEN', 'TOO_MANY_ROLES')
  @Mutation(() => StaffRolePayload, { description: 'Makes a role of the shop’s own.' })
  roleCreate(
    @Arg('input', () => RoleCreateInput, { description: 'The role.' }) input: RoleCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffRolePayload> {
    return asPayload(input, async () =>
      found(await this.service.create(input, context.viewer as Viewer), context),
    );
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'BUILT_IN_ROLE', 'ROLE_NAME_TAKEN')
  @Mutation(() => StaffRolePayload, {
    description:
      'Changes a role of the shop’s own. Whoever has it may do what it says from their next request on.',
  })
  roleUpdate(
    @Arg('input', () => RoleUpdateInput, { description: 'The change.' }) input: RoleUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffRolePayload> {
    const asItIs = () => found(localId('srole', input.roleId), context);
    return asPayload(
      input,
      async () => {
        const { name, permissions } = input;
        const changes = { ...(name != null && { name }), ...(permissions && { permissions }) };
        await this.service.update(seenIn(input), changes, context.viewer as Viewer);
        return asItIs();
      },
      asItIs,
    );
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'BUILT_IN_ROLE', 'ROLE_IN_USE')
  @Mutation(() => StaffRoleDeletePayload, {
    description: 'Deletes a role of the shop’s own that nobody has.',
  })
  roleDelete(
    @Arg('input', () => RoleDeleteInput, { description: 'The role.' }) input: RoleDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffRoleDeletePayload> {
    return asPayload(
      input,
      async () => {
        await this.service.delete(seenIn(input), context.viewer as Viewer);
        return { role: null, deletedRoleId: input.roleId };
      },
      () => found(localId('srole', input.roleId), context),
    );
  }
}

function seenIn({ roleId, expectedVersion }: RoleUpdateInput | RoleDeleteInput): SeenRole {
  return { id: requireId('srole', roleId, 'role', 'roleId'), expectedVersion };
}

async function found(id: string | null, { database }: RequestContext): Promise<{ role: object | null }> {
  return { role: id ? await database.row(rolesById, { ids: [id] }) : null };
}
