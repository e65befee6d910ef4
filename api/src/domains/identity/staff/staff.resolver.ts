import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Cost, ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { OwnerService } from '../owner.service.js';
import {
  OwnerTransferInput,
  StaffLockInput,
  StaffRemoveInput,
  StaffRoleUpdateInput,
  StaffSecondFactorRemoveInput,
  StaffUnlockInput,
} from './staff.input.js';
import { StaffMember, StaffMemberPayload } from './staff-member.type.js';
import type { SeenColleague, StaffService } from './staff.service.js';
import { allMembers, membersById } from './staff.statements.js';

type Input = StaffLockInput | StaffRoleUpdateInput | OwnerTransferInput;

@Resolver()
export class StaffResolver {
  constructor(
    private readonly staff: StaffService,
    private readonly owners: OwnerService,
  ) {}

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @ListSize(20)
  @Query(() => [StaffMember], {
    description:
      'Everybody who works in the shop, by family name; those who are locked out too. At most 1,000.',
  })
  staffMembers(@Ctx() { database }: RequestContext): Promise<object[]> {
    return database.rows(allMembers);
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWN_ACCOUNT', 'LAST_OWNER', 'OWNER_BY_TRANSFER')
  @Mutation(() => StaffMemberPayload, {
    description:
      'Gives somebody another role. Their next request is checked by it, in every process; sockets close.',
  })
  staffRoleUpdate(
    @Arg('input', () => StaffRoleUpdateInput, { description: 'Who, and which role.' })
    input: StaffRoleUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) =>
      this.staff.giveRole(seen, requireId('srole', input.roleId, 'role', 'roleId'), viewer),
    );
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWN_ACCOUNT', 'LAST_OWNER')
  @Mutation(() => StaffMemberPayload, {
    description:
      'Locks somebody out: ends all sessions of the account at once, and nobody signs in to it until `staffUnlock`.',
  })
  staffLock(
    @Arg('input', () => StaffLockInput, { description: 'Who.' }) input: StaffLockInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) => this.staff.lock(seen, viewer));
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWN_ACCOUNT', 'LAST_OWNER')
  @Mutation(() => StaffMemberPayload, { description: 'Lets somebody in again who was locked out.' })
  staffUnlock(
    @Arg('input', () => StaffUnlockInput, { description: 'Who.' }) input: StaffUnlockInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) => this.staff.unlock(seen, viewer));
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWN_ACCOUNT', 'LAST_OWNER')
  @Mutation(() => StaffMemberPayload, {
    description:
      'Ends somebody’s work in the shop: all sessions end, and the account stays as that of a customer.',
  })
  staffRemove(
    @Arg('input', () => StaffRemoveInput, { description: 'Who.' }) input: StaffRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) => this.staff.remove(seen, viewer));
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWN_ACCOUNT', 'LAST_OWNER', 'SECOND_FACTOR_OFF')
  @Mutation(() => StaffMemberPayload, {
    description:
      'Takes the second factor off somebody who has lost it: all their sessions end, and from then on the password alone signs in. They are told by mail.',
  })
  staffSecondFactorRemove(
    @Arg('input', () => StaffSecondFactorRemoveInput, { description: 'Who.' })
    input: StaffSecondFactorRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) => this.staff.removeFactor(seen, viewer));
  }

  @Auth(Role.OWNER, 'OWNERSHIP')
  @Cost(100)
  @UserErrors('INVALID_CREDENTIALS', 'OWN_ACCOUNT', 'MEMBER_LOCKED')
  @Mutation(() => StaffMemberPayload, {
    description: 'Hands the shop on to a member of staff; the caller is an administrator from then on.',
  })
  ownerTransfer(
    @Arg('input', () => OwnerTransferInput, { description: 'To whom, and the password of the caller.' })
    input: OwnerTransferInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffMemberPayload> {
    return this.change(input, context, (seen, viewer) => this.owners.transfer(seen, input.password, viewer));
  }

  private change(
    input: Input,
    context: RequestContext,
    work: (seen: SeenColleague, viewer: Viewer) => Promise<void>,
  ): Promise<StaffMemberPayload> {
    const asItIs = () => memberOf(input.staffMemberId, context);
    return asPayload(
      input,
      async () => {
        const userId = requireId('staff', input.staffMemberId, 'member of staff', 'staffMemberId');
        await work({ userId, expectedVersion: input.expectedVersion }, context.viewer as Viewer);
        return asItIs();
      },
      asItIs,
    );
  }
}

async function memberOf(
  staffMemberId: string,
  { database }: RequestContext,
): Promise<{ staffMember: object | null }> {
  const id = localId('staff', staffMemberId);
  return { staffMember: id ? await database.row(membersById, { ids: [id] }) : null };
}
