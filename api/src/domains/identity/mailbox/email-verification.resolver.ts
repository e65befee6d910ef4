import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { identityLoaders } from '../identity.loaders.js';
import { TOO_LONG } from '../sign-in/auth.input.js';
import { UserPayload } from '../user.type.js';
import type { EmailVerification } from './email-verification.service.js';

@InputType({ description: 'The mailed link that shows whose mailbox it is.' })
class EmailVerifyInput {
  @Field(() => String, { description: 'The token of the link: valid once, for three days.' })
  @MaxLength(200, TOO_LONG)
  token!: string;
}

@ObjectType({ description: 'The user whose mailbox is known to be theirs.', simpleResolvers: true })
export class EmailVerifyPayload extends UserPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many orders that were placed as a guest with this e-mail came into the account; null when refused.',
  })
  joinedOrderCount!: number | null;
}

@Resolver()
export class EmailVerificationResolver {
  constructor(private readonly verification: EmailVerification) {}

  @Auth(Role.CUSTOMER)
  @UserErrors('INVALID_TOKEN')
  @Mutation(() => EmailVerifyPayload, {
    description:
      'Shows that the mailbox of the caller is theirs, with the link that was mailed to it, and brings what was ordered as a guest with its address into the account. The link of another account is refused. A repeat has no further effect.',
  })
  emailVerify(
    @Arg('input', () => EmailVerifyInput, { description: 'The link.' }) input: EmailVerifyInput,
    @Ctx() context: RequestContext,
  ): Promise<EmailVerifyPayload> {
    const viewer = context.viewer as Viewer;
    return asPayload(
      input,
      async () => {
        const { user, joinedOrders } = await this.verification.verify(viewer, input.token);
        return { user, joinedOrderCount: joinedOrders };
      },
      async () => ({ user: await identityLoaders(context).userById.load(viewer.userId) }),
    );
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => ActionPayload, {
    description:
      'Mails the caller another link for emailVerify: three, then one every half hour. The response is the same when none is mailed; the links before it are still valid.',
  })
  emailVerifyResend(@Ctx() { viewer }: RequestContext): Promise<ActionPayload> {
    return asPayload(null, async () => {
      await this.verification.resend(viewer as Viewer);
      return { ok: true };
    });
  }
}
