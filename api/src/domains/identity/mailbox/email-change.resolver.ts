import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { identityLoaders } from '../identity.loaders.js';
import { LONGEST, TOO_LONG } from '../sign-in/auth.input.js';
import type { EmailChange } from './email-change.service.js';
import { EmailVerifyPayload } from './email-verification.resolver.js';

@InputType({ description: 'Another address for the account.' })
class EmailChangeRequestInput {
  @Field(() => EmailAddress, { description: 'The new address, where the link goes.' })
  email!: string;

  @Field(() => String, { description: 'The password of the account.' })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;
}

@InputType({ description: 'The link that was mailed to the new address.' })
class EmailChangeConfirmInput {
  @Field(() => String, { description: 'The token of the link: valid once, for a day.' })
  @MaxLength(200, TOO_LONG)
  token!: string;
}

@ObjectType({ description: 'The user with the new address.', simpleResolvers: true })
class EmailChangeConfirmPayload extends EmailVerifyPayload {}

@Resolver()
export class EmailChangeResolver {
  constructor(private readonly changes: EmailChange) {}

  @Auth(Role.CUSTOMER)
  @Cost(100)
  @UserErrors('INVALID_CREDENTIALS', 'EMAIL_TAKEN')
  @Mutation(() => ActionPayload, {
    description:
      'Mails a link for emailChangeConfirm to another address that the caller wants to have, and tells the present one. It ends the link before it, and so does a new password.',
  })
  emailChangeRequest(
    @Arg('input', () => EmailChangeRequestInput, { description: 'The new address and the password.' })
    input: EmailChangeRequestInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.changes.request(viewer as Viewer, input.email, input.password);
      return { ok: true };
    });
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('INVALID_TOKEN', 'EMAIL_TAKEN')
  @Mutation(() => EmailChangeConfirmPayload, {
    description:
      'Gives the account of the caller the address that the link was mailed to, verifies it, and brings what was ordered as a guest with it into the account. Signs the account out on every other device and tells the address before. A repeat has no further effect.',
  })
  emailChangeConfirm(
    @Arg('input', () => EmailChangeConfirmInput, { description: 'The link.' })
    input: EmailChangeConfirmInput,
    @Ctx() context: RequestContext,
  ): Promise<EmailChangeConfirmPayload> {
    const viewer = context.viewer as Viewer;
    return asPayload(
      input,
      async () => {
        const { user, joinedOrders } = await this.changes.confirm(viewer, input.token);
        return { user, joinedOrderCount: joinedOrders };
      },
      async () => ({ user: await identityLoaders(context).userById.load(viewer.userId) }),
    );
  }
}
