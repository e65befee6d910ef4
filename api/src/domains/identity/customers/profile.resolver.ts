import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { AddressBook } from './address-book.service.js';
import { AddressCreateInput, AddressDeleteInput, AddressUpdateInput } from './address.input.js';
import { AddressDeletePayload, SavedAddress, SavedAddressPayload } from './saved-address.type.js';
import { identityLoaders } from '../identity.loaders.js';
import { ProfileUpdateInput } from './profile.input.js';
import type { ProfileService } from './profile.service.js';
import { readAddress } from './read-address.js';
import type { SavedAddressEntity } from './saved-address.entity.js';
import type { UserRow } from '../user.entity.js';
import { User, UserPayload } from '../user.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@Resolver(() => User)
export class ProfileResolver {
  constructor(
    private readonly profiles: ProfileService,
    private readonly addressBook: AddressBook,
  ) {}

  @ListSize(5)
  @FieldResolver(() => [SavedAddress], { description: 'The address book, oldest entry first.' })
  addresses(@Root() user: UserRow, @Ctx() context: RequestContext): Promise<SavedAddressEntity[]> {
    return identityLoaders(context).addressesByUser.load(user.id);
  }

  @Auth(Role.CUSTOMER)
  @UserErrors('INVALID_PHONE', 'LANGUAGE_NOT_OFFERED')
  @Mutation(() => UserPayload, { description: "Changes the caller's account." })
  profileUpdate(
    @Arg('input', () => ProfileUpdateInput, { description: 'What to change.' }) input: ProfileUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<UserPayload> {
    return asPayload(
      input,
      async () => {
        const home = await context.homeCountry();
        return { user: await this.profiles.update(context.viewer as Viewer, input, home) };
      },
      async () => ({ user: await identityLoaders(context).userById.load(idOf(context.viewer)) }),
    );
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => SavedAddressPayload, { description: 'Adds an address to the address book.' })
  addressCreate(
    @Arg('input', () => AddressCreateInput, { description: 'The address.' }) input: AddressCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedAddressPayload> {
    return asPayload(input, async () => {
      const address = readAddress(input.address, ['address']);
      return { address: await this.addressBook.create(idOf(viewer), { ...input, address }) };
    });
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => SavedAddressPayload, { description: 'Changes an address of the address book.' })
  addressUpdate(
    @Arg('input', () => AddressUpdateInput, { description: 'The changed address.' })
    input: AddressUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SavedAddressPayload> {
    return asPayload(
      input,
      async () => {
        const address = readAddress(input.address, ['address']);
        const entry = { ...input, address };
        return {
          address: await this.addressBook.update(
            idOf(context.viewer),
            requireId('addr', input.addressId, 'address', 'addressId'),
            entry,
          ),
        };
      },
      async () => {
        const { addressesByUser } = identityLoaders(context);
        const saved = await addressesByUser.load(idOf(context.viewer));
        const id = localId('addr', input.addressId);
        return { address: saved.find((address) => address.id === id) ?? null };
      },
    );
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => AddressDeletePayload, {
    description: 'Takes an address out of the address book; orders keep their own copy.',
  })
  addressDelete(
    @Arg('input', () => AddressDeleteInput, { description: 'The address.' }) input: AddressDeleteInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<AddressDeletePayload> {
    return asPayload(input, async () => {
      await this.addressBook.delete(idOf(viewer), requireId('addr', input.addressId, 'address', 'addressId'));
      return { ok: true, deletedAddressId: input.addressId };
    });
  }
}

/** The caller's id; `@Auth` guarantees that there is one. */
function idOf(viewer: Viewer | null): string {
  return (viewer as Viewer).userId;
}
