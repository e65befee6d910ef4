import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import {
  RecoveryCodesRenewInput,
  TotpConfirmInput,
  TotpDisableInput,
  TotpStartInput,
} from './second-factor.input.js';
import type { SecondFactorService } from './second-factor.service.js';
import { stateOf } from './second-factor.statements.js';
import { RecoveryCodesPayload, SecondFactor, TotpStartPayload } from './second-factor.type.js';

const none = async (): Promise<{ recoveryCodes: string[] }> => ({ recoveryCodes: [] });

/** Of everybody who works in the shop, whatever their role allows: the service asks whether they do. */
@Resolver()
export class SecondFactorResolver {
  constructor(private readonly factors: SecondFactorService) {}

  @Auth(Role.CUSTOMER)
  @Query(() => SecondFactor, {
    nullable: true,
    description: 'The second factor of the caller; null when the password alone signs in.',
  })
  mySecondFactor(@Ctx() { database, viewer }: RequestContext): Promise<SecondFactor | null> {
    return database.row(stateOf, { userId: (viewer as Viewer).userId });
  }

  @Auth(Role.CUSTOMER)
  @Cost(100)
  @UserErrors('INVALID_CREDENTIALS', 'SECOND_FACTOR_ON', 'SECRETS_KEY_UNUSABLE', 'STAFF_ONLY')
  @Mutation(() => TotpStartPayload, {
    description:
      'A secret for an authenticator app. Nothing is asked for at the sign-in until `totpConfirm`; a secret of before is void.',
  })
  totpStart(
    @Arg('input', () => TotpStartInput, { description: 'The password.' }) input: TotpStartInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<TotpStartPayload> {
    return asPayload(input, () => this.factors.start(viewer as Viewer, input.password));
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('SECOND_FACTOR_WRONG', 'SECOND_FACTOR_NOT_BEGUN', 'SECOND_FACTOR_ON')
  @Mutation(() => RecoveryCodesPayload, {
    description:
      'Switches the second factor on with the first code of the app, and signs out every other device of the account.',
  })
  totpConfirm(
    @Arg('input', () => TotpConfirmInput, { description: 'The code.' }) input: TotpConfirmInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RecoveryCodesPayload> {
    const confirm = async () => ({ recoveryCodes: await this.factors.confirm(viewer as Viewer, input.code) });
    return asPayload(input, confirm, none);
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('SECOND_FACTOR_WRONG', 'SECOND_FACTOR_OFF', 'SECOND_FACTOR_UNREADABLE')
  @Mutation(() => ActionPayload, {
    description: 'Switches the second factor off: from then on the password alone signs in.',
  })
  totpDisable(
    @Arg('input', () => TotpDisableInput, { description: 'A code.' }) input: TotpDisableInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.factors.disable(viewer as Viewer, input.code);
      return { ok: true };
    });
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('SECOND_FACTOR_WRONG', 'SECOND_FACTOR_OFF', 'SECOND_FACTOR_UNREADABLE')
  @Mutation(() => RecoveryCodesPayload, { description: 'New recovery codes; those of before are void.' })
  recoveryCodesRenew(
    @Arg('input', () => RecoveryCodesRenewInput, { description: 'A code.' }) input: RecoveryCodesRenewInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RecoveryCodesPayload> {
    const renew = async () => ({
      recoveryCodes: await this.factors.renewRecoveryCodes(viewer as Viewer, input.code),
    });
    return asPayload(input, renew, none);
  }
}
