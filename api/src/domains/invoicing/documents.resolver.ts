import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { loadManyBy } from '../../platform/graphql/load-many-by.js';
import { Order, type OrderEntity } from '../orders/index.js';
import * as sql from './invoicing.statements.js';
import { Invoice } from './invoice.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

const documentLoaders = perRequest(({ database }) => ({
  invoices: loadManyBy(database, sql.invoicesByOrder, (invoice) => invoice.orderId),
}));

/** The fields that invoicing adds to an order. */
@Resolver(() => Order)
export class OrderInvoicesResolver {
  @ListSize(2)
  @FieldResolver(() => [Invoice], {
    description: 'Invoices and credit notes, oldest first; empty until the money is here.',
  })
  invoices(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return documentLoaders(context).invoices.load(order.id);
  }
}
