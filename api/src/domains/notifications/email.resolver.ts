import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { requireId } from '../../kernel/require-id.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { Order, orderLoaders } from '../orders/index.js';
import { PaymentPage } from '../payments/index.js';
import { emailQuery, type EmailList } from './email-list.js';
import { EmailCancelInput, EmailFilter, EmailResendInput } from './email.input.js';
import { Email, EmailConnection, EmailPayload } from './email.type.js';
import type { EmailRow, Resending } from './resending.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

@Resolver(() => Email)
export class EmailResolver {
  constructor(
    private readonly list: EmailList,
    private readonly resending: Resending,
  ) {}

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => EmailConnection, { description: 'The mails of the shop, newest first.' })
  emails(
    @Args(() => PaymentPage) page: PaymentPage,
    @Arg('search', () => String, {
      nullable: true,
      description: 'The beginning of a recipient’s address, or the number of an order, with or without #.',
    })
    search: string | null,
    @Arg('filter', () => EmailFilter, { nullable: true, description: 'Narrows the list.' })
    filter: EmailFilter | null,
  ): Promise<object> {
    return this.list.page(emailQuery(search, filter), page);
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @UserErrors('NOTHING_TO_RESEND')
  @Mutation(() => EmailPayload, {
    description:
      'Sends a mail again, with the content it had. NOTHING_TO_RESEND when that is not kept any more (links for a new password never are), or while the mail is on its way.',
  })
  emailResend(
    @Arg('input', () => EmailResendInput, { description: 'The mail.' }) input: EmailResendInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<EmailPayload> {
    return asPayload(
      input,
      async () => {
        if (!viewer) throw new Error('A guarded field was resolved without a viewer');
        const id = requireId('mail', input.emailId, 'email', 'emailId');
        const { recipient = null, idempotencyKey: key } = input;
        return { email: await this.resending.resend({ id, recipient, key, actorId: viewer.userId }) };
      },
      async () => {
        const id = localId('mail', input.emailId);
        return { email: id ? await this.resending.findEmail(id) : null };
      },
    );
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @UserErrors('EMAIL_NOT_WAITING')
  @Mutation(() => EmailPayload, {
    description:
      'Stops a mail that is SCHEDULED or QUEUED. EMAIL_NOT_WAITING once it is being sent; a repeat is refused with it too.',
  })
  emailCancel(
    @Arg('input', () => EmailCancelInput, { description: 'The mail.' }) input: EmailCancelInput,
    @Ctx() context: RequestContext,
  ): Promise<EmailPayload> {
    return asPayload(
      input,
      async () => {
        const id = requireId('mail', input.emailId, 'email', 'emailId');
        return { email: await this.resending.cancel(id, actorOf(context)) };
      },
      async () => {
        const id = localId('mail', input.emailId);
        return { email: id ? await this.resending.findEmail(id) : null };
      },
    );
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order it is about; null for a mail about none.',
  })
  order(@Root() { orderId }: EmailRow, @Ctx() context: RequestContext): Promise<object | null> | null {
    return orderId ? orderLoaders(context).orderById.load(orderId) : null;
  }
}
