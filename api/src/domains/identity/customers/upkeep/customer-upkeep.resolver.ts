import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { requireId } from '../../../../kernel/require-id.js';
import { keyedRequest } from '../../../../platform/database/request-keys.js';
import { Auth } from '../../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../../platform/graphql/context.js';
import { UserErrors } from '../../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../../platform/graphql/payload.js';
import { Role } from '../../../../platform/graphql/roles.js';
import { identityLoaders } from '../../identity.loaders.js';
import { customerLocalId, requireCustomerId } from '../customer-id.js';
import type { CustomerRow } from '../customer.entity.js';
import { readableCustomer } from '../readable-account.js';
import type { CustomerAccess } from './customer-access.service.js';
import {
  CustomerCreateInput,
  CustomerLockInput,
  CustomerMergeInput,
  CustomerMergePreviewPayload,
  CustomerNoteAddInput,
  CustomerNoteDeleteInput,
  CustomerPasswordResetSendInput,
  CustomerPayload,
  CustomerTagsSetInput,
  CustomerUnlockInput,
  CustomerUpdateInput,
} from './customer-changes.input.js';
import type { CustomerMerging } from './customer-merge.service.js';
import type { CustomerUpkeep, SeenCustomer } from './customer-upkeep.service.js';

interface Services {
  readonly upkeep: CustomerUpkeep;
  readonly access: CustomerAccess;
  readonly merging: CustomerMerging;
}

/** What staff do with customers. */
@Resolver()
export class CustomerUpkeepResolver {
  constructor(private readonly services: Services) {}

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @UserErrors('EMAIL_TAKEN', 'INVALID_PHONE', 'LANGUAGE_NOT_OFFERED')
  @Mutation(() => CustomerPayload, {
    description: 'Adds a customer without an account, such as one who ordered by telephone.',
  })
  customerCreate(
    @Arg('input', () => CustomerCreateInput, { description: 'The customer.' }) input: CustomerCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return asPayload(input, async () => {
      const keyed = keyedRequest({ actorId: context.viewer!.userId, operation: 'customerCreate' }, input);
      const shop = { language: context.defaultLanguage, homeCountry: await context.homeCountry() };
      const entered = { ...input, tags: input.tags ?? [] };
      const id = await this.services.upkeep.create(entered, shop, keyed);
      return { customer: await asItIs(id, context) };
    });
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @UserErrors('INVALID_PHONE', 'LANGUAGE_NOT_OFFERED')
  @Mutation(() => CustomerPayload, {
    description: 'Changes name, telephone number or language: of the account where there is one.',
  })
  customerUpdate(
    @Arg('input', () => CustomerUpdateInput, { description: 'The change.' }) input: CustomerUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, async (seen) =>
      this.services.upkeep.update({ ...input, ...seen }, input, await context.homeCountry()),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Mutation(() => CustomerPayload, { description: 'Writes the tags of a customer.' })
  customerTagsSet(
    @Arg('input', () => CustomerTagsSetInput, { description: 'The tags.' }) input: CustomerTagsSetInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, (seen) =>
      this.services.upkeep.setTags({ ...input, ...seen }, input.tags),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Mutation(() => CustomerPayload, { description: 'Writes down something about a customer, for staff.' })
  customerNoteAdd(
    @Arg('input', () => CustomerNoteAddInput, { description: 'The note.' }) input: CustomerNoteAddInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    const authorId = context.viewer!.userId;
    return this.change(input, context, ({ customerId }) =>
      this.services.upkeep.addNote(
        { customerId, body: input.body, authorId },
        keyedRequest({ actorId: authorId, operation: 'customerNoteAdd' }, input),
      ),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Mutation(() => CustomerPayload, { description: 'Deletes a note.' })
  customerNoteDelete(
    @Arg('input', () => CustomerNoteDeleteInput, { description: 'The note.' })
    input: CustomerNoteDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, ({ customerId }) =>
      this.services.upkeep.deleteNote(customerId, requireId('cnote', input.noteId, 'note', 'noteId')),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Mutation(() => CustomerPayload, {
    description:
      'Keeps a customer from signing in and ordering: sessions and links for a new password end at once. Orders that were placed stand.',
  })
  customerLock(
    @Arg('input', () => CustomerLockInput, { description: 'Who.' }) input: CustomerLockInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, (seen) => this.services.access.lock({ ...input, ...seen }));
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Mutation(() => CustomerPayload, { description: 'Lets a customer sign in and order again.' })
  customerUnlock(
    @Arg('input', () => CustomerUnlockInput, { description: 'Who.' }) input: CustomerUnlockInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, (seen) => this.services.access.unlock({ ...input, ...seen }));
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @UserErrors('NO_ACCOUNT', 'CUSTOMER_LOCKED')
  @Mutation(() => CustomerPayload, {
    description:
      'Mails the holder of an account a link for a new password. Three, then one every half hour, counted together with those that they ask for.',
  })
  customerPasswordResetSend(
    @Arg('input', () => CustomerPasswordResetSendInput, { description: 'Who.' })
    input: CustomerPasswordResetSendInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, ({ customerId }) =>
      this.services.access.sendPasswordReset(customerId),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @UserErrors('MERGE_DIRECTION', 'CUSTOMER_LOCKED')
  @Mutation(() => CustomerPayload, {
    description:
      'Joins a guest to another customer, who has the orders, notes and tags of both from then on. It cannot be undone. An account shows its holder only what was ordered with it, or with an e-mail that they have shown to be theirs.',
  })
  customerMerge(
    @Arg('input', () => CustomerMergeInput, { description: 'Who, and into whom.' })
    input: CustomerMergeInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomerPayload> {
    return this.change(input, context, (seen) =>
      this.services.merging.merge(
        { ...input, ...seen },
        requireCustomerId(input.intoCustomerId, 'intoCustomerId'),
      ),
    );
  }

  @Auth(Role.ADMIN, 'CUSTOMER_WRITE')
  @Query(() => CustomerMergePreviewPayload, {
    description: 'What `customerMerge` would move, or why it would be refused. Writes nothing.',
  })
  customerMergePreview(
    @Arg('customerId', () => ID, { description: 'The guest.' }) customerId: string,
    @Arg('intoCustomerId', () => ID, { description: 'The other customer.' }) intoCustomerId: string,
  ): Promise<object> {
    return asPayload(null, async () => ({
      moved: await this.services.merging.preview(
        requireCustomerId(customerId, 'customerId'),
        requireCustomerId(intoCustomerId, 'intoCustomerId'),
      ),
    }));
  }

  private change(
    input: { readonly customerId: string },
    context: RequestContext,
    work: (seen: Pick<SeenCustomer, 'customerId'>) => Promise<void>,
  ): Promise<CustomerPayload> {
    const read = async () => ({ customer: await asItIs(customerLocalId(input.customerId), context) });
    return asPayload(
      input,
      async () => {
        await work({ customerId: requireCustomerId(input.customerId, 'customerId') });
        return read();
      },
      read,
    );
  }
}

async function asItIs(id: string | null, context: RequestContext): Promise<CustomerRow | null> {
  if (!id) return null;
  identityLoaders(context).customerById.clear(id);
  return readableCustomer(id, context);
}
