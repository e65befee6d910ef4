import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../../kernel/ids.js';
import { requireId } from '../../../../kernel/require-id.js';
import { Auth, Public } from '../../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../../platform/graphql/context.js';
import { UserErrors } from '../../../../platform/graphql/errors/user-errors-of.js';
import { Cost, ListSize } from '../../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../../platform/graphql/payload.js';
import { Role } from '../../../../platform/graphql/roles.js';
import { deliver } from '../../sign-in/auth.resolver.js';
import { AuthPayload } from '../../sign-in/auth.type.js';
import type { InvitationAcceptance } from './invitation-acceptance.service.js';
import {
  StaffInvitationAcceptInput,
  StaffInvitationAskAgainInput,
  StaffInvitationResendInput,
  StaffInvitationRevokeInput,
  StaffInviteInput,
} from './invitation.input.js';
import type { InvitationService } from './invitation.service.js';
import { invitationById, openInvitations, type InvitationRow } from './invitation.statements.js';
import { StaffInvitation, StaffInvitationOffer, StaffInvitationPayload } from './invitation.type.js';

@Resolver()
export class InvitationResolver {
  constructor(
    private readonly invitations: InvitationService,
    private readonly acceptance: InvitationAcceptance,
  ) {}

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @ListSize(5)
  @Query(() => [StaffInvitation], {
    description:
      'The invitations that wait for an answer, those that ran out too, newest first. At most 100.',
  })
  staffInvitations(@Ctx() { database }: RequestContext): Promise<object[]> {
    return database.rows(openInvitations);
  }

  @Public()
  @Cost(20)
  @Query(() => StaffInvitationOffer, {
    nullable: true,
    description:
      'The invitation of a mailed link; null when the link was used, withdrawn or replaced by a newer one.',
  })
  staffInvitationOffer(
    @Arg('token', () => String, { description: 'The token of the mailed link.' }) token: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return this.acceptance.show(token, context);
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWNER_BY_TRANSFER', 'ALREADY_STAFF', 'TOO_MANY_INVITATIONS')
  @Mutation(() => StaffInvitationPayload, {
    description:
      'Mails somebody a link by which they begin to work in the shop; it can be used for 7 days. An address that was invited before gets a new link, and the former one opens nothing any more.',
  })
  staffInvite(
    @Arg('input', () => StaffInviteInput, { description: 'Whom, and for which role.' })
    input: StaffInviteInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffInvitationPayload> {
    return asPayload(input, async () => {
      const invited = { ...input, roleId: requireId('srole', input.roleId, 'role', 'roleId') };
      return openOne(await this.invitations.invite(invited, context.viewer as Viewer), context);
    });
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWNER_BY_TRANSFER')
  @Mutation(() => StaffInvitationPayload, {
    description: 'Mails a new link, which can be used for 7 days. The former one opens nothing any more.',
  })
  staffInvitationResend(
    @Arg('input', () => StaffInvitationResendInput, { description: 'Which.' })
    input: StaffInvitationResendInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffInvitationPayload> {
    return this.change(input, context, (id, viewer) =>
      this.invitations.resend(id, input.expectedVersion, viewer),
    );
  }

  @Auth(Role.ADMIN, 'STAFF_WRITE')
  @UserErrors('GRANT_EXCEEDS_OWN', 'OWNER_BY_TRANSFER')
  @Mutation(() => StaffInvitationPayload, {
    description: 'Withdraws an invitation: its link opens nothing any more.',
  })
  staffInvitationRevoke(
    @Arg('input', () => StaffInvitationRevokeInput, { description: 'Which.' })
    input: StaffInvitationRevokeInput,
    @Ctx() context: RequestContext,
  ): Promise<StaffInvitationPayload> {
    return this.change(input, context, (id, viewer) =>
      this.invitations.revoke(id, input.expectedVersion, viewer),
    );
  }

  @Public()
  @Cost(20)
  @UserErrors('INVALID_TOKEN')
  @Mutation(() => ActionPayload, {
    description:
      'Asks who invited for a new link, because this one ran out. Mails them at most once a day. INVALID_TOKEN for a link that can be used.',
  })
  staffInvitationAskAgain(
    @Arg('input', () => StaffInvitationAskAgainInput, { description: 'The link.' })
    input: StaffInvitationAskAgainInput,
    @Ctx() context: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.acceptance.askAgain(input.token, context);
      return { ok: true };
    });
  }

  @Public()
  @Cost(100)
  @UserErrors(
    'INVALID_TOKEN',
    'INVALID_CREDENTIALS',
    'EMAIL_TAKEN',
    'WEAK_PASSWORD',
    'STAFF_PASSWORD_TOO_SHORT',
  )
  @Mutation(() => AuthPayload, {
    description:
      'Accepts an invitation and signs in. An address with an account keeps it, with its password; it is signed out elsewhere.',
  })
  staffInvitationAccept(
    @Arg('input', () => StaffInvitationAcceptInput, { description: 'The link and the password.' })
    input: StaffInvitationAcceptInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayload> {
    return asPayload(input, async () => {
      const { token, password, newPassword = null, firstName = null, lastName = null } = input;
      const accepted = await this.acceptance.accept(
        { token, password, newPassword, firstName, lastName },
        context,
      );
      return deliver(accepted, input.tokenDelivery, context);
    });
  }

  private change(
    input: StaffInvitationResendInput | StaffInvitationRevokeInput,
    context: RequestContext,
    work: (id: string, viewer: Viewer) => Promise<void>,
  ): Promise<StaffInvitationPayload> {
    const asItIs = () => openOne(localId('sinv', input.invitationId), context);
    return asPayload(
      input,
      async () => {
        await work(
          requireId('sinv', input.invitationId, 'invitation', 'invitationId'),
          context.viewer as Viewer,
        );
        return asItIs();
      },
      asItIs,
    );
  }
}

async function openOne(
  id: string | null,
  { database }: RequestContext,
): Promise<{ invitation: InvitationRow | null }> {
  const row = id ? await database.row(invitationById, { id }) : null;
  return { invitation: row?.isOpen ? row : null };
}
