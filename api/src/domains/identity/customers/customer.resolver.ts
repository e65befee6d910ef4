import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import { customerLocalId } from './customer-id.js';
import { SavedAddress } from './saved-address.type.js';
import type { CustomerPage, CustomerSearch } from './customer-search.js';
import { CustomersArguments } from './customers.arguments.js';
import { identityLoaders } from '../identity.loaders.js';
import { readableAccount } from './readable-account.js';
import type { SavedAddressEntity } from './saved-address.entity.js';
import type { UserRow } from '../user.entity.js';
import { Customer, CustomerConnection } from './customer.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@Resolver(() => Customer)
export class CustomerResolver {
  constructor(private readonly search: CustomerSearch) {}

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @Query(() => CustomerConnection, {
    description: 'Customers, for staff. Members of staff are not among them.',
  })
  customers(@Args(() => CustomersArguments) given: CustomersArguments): Promise<CustomerPage> {
    return this.search.page(given);
  }

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @Query(() => Customer, {
    nullable: true,
    description:
      "One customer, for staff. Null for the account of a member of staff, unless it is the caller's own or the caller may change accounts.",
  })
  async customer(
    @Arg('id', () => ID, { description: 'Global id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<UserRow | null> {
    const userId = customerLocalId(id);
    return userId ? readableAccount(userId, context) : null;
  }

  @ListSize(5)
  @FieldResolver(() => [SavedAddress], { description: 'The address book, oldest entry first.' })
  addresses(@Root() customer: UserRow, @Ctx() context: RequestContext): Promise<SavedAddressEntity[]> {
    return identityLoaders(context).addressesByUser.load(customer.id);
  }
}
