import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Auth, Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { PasswordChangeInput, PasswordResetInput, PasswordResetRequestInput } from './password.input.js';
import {
  LoginInput,
  LoginSecondFactorInput,
  LogoutInput,
  SignUpInput,
  TokenRefreshInput,
} from './auth.input.js';
import { DomainError } from '../../../kernel/errors.js';
import type { SecondFactorLogin } from '../second-factor/second-factor-login.service.js';
import type { AuthService } from './auth.service.js';
import type { FactorChallenge, SignedIn } from './signed-in-account.js';
import { AuthPayload, TokenDelivery } from './auth.type.js';
import { InvalidTokenError } from '../identity.errors.js';
import { identityLoaders } from '../identity.loaders.js';
import type { PasswordService } from './password.service.js';
import { clearSessionCookies, refreshCookie, setSessionCookies } from './session-cookies.js';
import type { SignedInHook } from './signed-in.js';
import type { UserRow } from '../user.entity.js';
import { User } from '../user.type.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class AuthResolver {
  constructor(
    private readonly auth: AuthService,
    private readonly passwords: PasswordService,
    private readonly secondStep: SecondFactorLogin,
    private readonly welcome: SignedInHook,
  ) {}

  @Public()
  @Query(() => User, { nullable: true, description: 'The signed-in user; null for guests.' })
  async me(@Ctx() context: RequestContext): Promise<UserRow | null> {
    return context.viewer && identityLoaders(context).userById.load(context.viewer.userId);
  }

  @Public()
  @Cost(100)
  @UserErrors('EMAIL_TAKEN', 'WEAK_PASSWORD', 'INVALID_PHONE')
  @Mutation(() => AuthPayload, {
    description: "Creates an account and signs it in; the guest's cart becomes its cart.",
  })
  signUp(
    @Arg('input', () => SignUpInput, { description: 'The new account.' }) input: SignUpInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayload> {
    return asPayload(input, async () => {
      const account = { ...input, language: context.language, marketingOptIn: input.marketingOptIn ?? false };
      return this.settle(await this.auth.signUp(account, context), input.tokenDelivery, context);
    });
  }

  @Public()
  @Cost(100)
  @UserErrors('INVALID_CREDENTIALS', 'SECOND_FACTOR_REQUIRED')
  @Mutation(() => AuthPayload, {
    description:
      "Signs in; the guest's cart is merged into the customer's. An account with a second factor gets a challenge for `loginSecondFactor` instead.",
  })
  login(
    @Arg('input', () => LoginInput, { description: 'E-mail and password.' }) input: LoginInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayload> {
    let secondFactor: FactorChallenge | null = null;
    const signIn = async () => {
      const result = await this.auth.login(input.email, input.password, context);
      if ('tokens' in result) return this.settle(result, input.tokenDelivery, context);
      secondFactor = result.challenge;
      throw new DomainError('SECOND_FACTOR_REQUIRED', 'The account asks for a code of the second factor.');
    };
    return asPayload<AuthResult>(input, signIn, async () => ({ secondFactor }));
  }

  @Public()
  @Cost(100)
  @UserErrors('INVALID_TOKEN', 'SECOND_FACTOR_WRONG', 'SECOND_FACTOR_OFF', 'SECOND_FACTOR_UNREADABLE')
  @Mutation(() => AuthPayload, {
    description:
      'Signs in with the challenge of `login` and a code of the app, or a recovery code. RATE_LIMITED after five wrong codes in fifteen minutes.',
  })
  loginSecondFactor(
    @Arg('input', () => LoginSecondFactorInput, { description: 'The challenge and the code.' })
    input: LoginSecondFactorInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayload> {
    return asPayload<AuthResult>(input, async () => {
      const signedIn = await this.secondStep.complete(input.token, input.code, context);
      return this.settle(signedIn, input.tokenDelivery, context);
    });
  }

  @Public()
  @UserErrors('INVALID_TOKEN')
  @Mutation(() => AuthPayload, {
    description:
      'New tokens for a refresh token, which is valid once. They are delivered the way the token was sent, unless tokenDelivery says otherwise.',
  })
  async tokenRefresh(
    @Arg('input', () => TokenRefreshInput, { description: 'The token, unless it is in the cookie.' })
    input: TokenRefreshInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthPayload> {
    const { refreshToken: given, tokenDelivery } = input;
    // By default tokens return the way the refresh token came: a client without cookies would lose its session in a
    // cookie. A cookie's token is never returned in a body, where a script of the page could read it.
    const delivery = tokenDelivery ?? (given == null ? TokenDelivery.COOKIE : TokenDelivery.BODY);
    const kept = given == null && delivery !== TokenDelivery.BODY;
    const token = kept ? refreshCookie(context.cookies, context.client) : given;
    const payload = await asPayload<AuthResult>(input, async () => {
      if (!token) throw new InvalidTokenError();
      const signedIn = await this.auth.refresh(token, context);
      return deliver(signedIn, delivery, context);
    });
    if (kept && payload.errors.length > 0) clearSessionCookies(context.cookies, context.client);
    return payload;
  }

  @Public()
  @Mutation(() => ActionPayload, {
    description:
      'Ends the session of this device, its access token included: the session of every token sent in the header, the cookies or the input, also of an expired access token. A repeat has no further effect.',
  })
  logout(
    @Arg('input', () => LogoutInput, {
      nullable: true,
      description: 'The refresh token, for clients without cookies whose access token is lost.',
    })
    input: LogoutInput | null,
    @Ctx() context: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      const { cookies, client } = context;
      const refreshTokens = [input?.refreshToken, refreshCookie(cookies, client)].filter(
        (token) => token != null,
      );
      await this.auth.logout((await context.namedSessions?.()) ?? [], refreshTokens);
      clearSessionCookies(cookies, client);
      return { ok: true };
    });
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('INVALID_CREDENTIALS', 'WEAK_PASSWORD', 'STAFF_PASSWORD_TOO_SHORT')
  @Mutation(() => ActionPayload, {
    description:
      'Sets a new password and ends all other sessions; their access tokens are refused from now on.',
  })
  passwordChange(
    @Arg('input', () => PasswordChangeInput, { description: 'The present and the new password.' })
    input: PasswordChangeInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.passwords.change(viewer as Viewer, input.currentPassword, input.newPassword);
      return { ok: true };
    });
  }

  @Public()
  @Cost(100)
  @Mutation(() => ActionPayload, {
    description:
      'Mails a link for a new password, if there is such an account. The response does not reveal it.',
  })
  passwordResetRequest(
    @Arg('input', () => PasswordResetRequestInput, { description: 'The e-mail of the account.' })
    input: PasswordResetRequestInput,
    @Ctx() context: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.passwords.requestReset(input.email, context);
      return { ok: true };
    });
  }

  @Public()
  @UserErrors('INVALID_TOKEN', 'WEAK_PASSWORD', 'STAFF_PASSWORD_TOO_SHORT')
  @Mutation(() => ActionPayload, {
    description: 'Sets a new password by a mailed link and ends all sessions.',
  })
  passwordReset(
    @Arg('input', () => PasswordResetInput, { description: "The link's token and the new password." })
    input: PasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.passwords.reset(input.token, input.newPassword, context);
      return { ok: true };
    });
  }

  private async settle(
    signedIn: SignedIn,
    delivery: TokenDelivery | null | undefined,
    context: RequestContext,
  ): Promise<AuthResult & Pick<AuthPayload, 'warnings'>> {
    const result = deliver(signedIn, delivery, context);
    return { ...result, warnings: await this.welcome(signedIn.user.id, context) };
  }
}

type AuthResult = Pick<AuthPayload, 'user' | 'tokens' | 'secondFactor'>;

/** Puts the tokens where the client wants them. */
export function deliver(
  { user, tokens }: SignedIn,
  delivery: TokenDelivery | null | undefined,
  { cookies, client }: RequestContext,
): AuthResult {
  if (delivery === TokenDelivery.BODY) return { user, tokens, secondFactor: null };
  setSessionCookies(cookies, client, tokens);
  return { user, tokens: null, secondFactor: null };
}
