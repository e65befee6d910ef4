import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../../platform/graphql/roles.js';
import { identityLoaders } from '../identity.loaders.js';
import { customerLocalId } from './customer-id.js';
import type { CustomerPage, CustomerSearch } from './customer-search.js';
import type { CustomerRow } from './customer.entity.js';
import { Customer, CustomerConnection, CustomerNote } from './customer.type.js';
import { customerTags } from './customer.statements.js';
import { CustomersArguments } from './customers.arguments.js';
import { readableCustomer } from './readable-account.js';
import type { SavedAddressEntity } from './saved-address.entity.js';
import { SavedAddress } from './saved-address.type.js';

@Resolver(() => Customer)
export class CustomerResolver {
  constructor(private readonly search: CustomerSearch) {}

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @Query(() => CustomerConnection, {
    description: 'Customers, guests among them, for staff. Members of staff are not among them.',
  })
  customers(@Args(() => CustomersArguments) given: CustomersArguments): Promise<CustomerPage> {
    return this.search.page(given);
  }

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @Query(() => Customer, {
    nullable: true,
    description:
      "One customer, for staff. Null for the account of a member of staff, unless it is the caller's own or the caller may change accounts. A guest who was merged is found as the customer that the orders belong to now.",
  })
  async customer(
    @Arg('id', () => ID, { description: 'Global id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRow | null> {
    const customerId = customerLocalId(id);
    return customerId ? readableCustomer(customerId, context) : null;
  }

  @Auth(Role.SUPPORT, 'CUSTOMER_READ')
  @ListSize(50)
  @Query(() => [String], {
    description: 'The tags that customers have, in alphabetical order; at most 500.',
  })
  async customerTags(@Ctx() { database }: RequestContext): Promise<string[]> {
    return (await database.rows(customerTags)).map(({ tag }) => tag);
  }

  @ListSize(5)
  @FieldResolver(() => [SavedAddress], {
    description: 'The address book, oldest entry first; a guest has none.',
  })
  addresses(@Root() customer: CustomerRow, @Ctx() context: RequestContext): Promise<SavedAddressEntity[]> {
    return identityLoaders(context).addressesByUser.load(customer.id);
  }

  @ListSize(10)
  @FieldResolver(() => [CustomerNote], {
    description: 'What staff wrote down about the customer, newest first; at most 200.',
  })
  notes(@Root() customer: CustomerRow, @Ctx() context: RequestContext): Promise<object[]> {
    return identityLoaders(context).notesByCustomer.load(customer.id);
  }
}
