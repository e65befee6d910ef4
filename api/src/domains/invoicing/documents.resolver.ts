import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { loadManyBy } from '../../platform/graphql/load-many-by.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { JobPayload, type LongJobService } from '../long-jobs/index.js';
import { Order, orderQuery, type OrderEntity } from '../orders/index.js';
import * as sql from './invoicing.statements.js';
import { orderExportJob } from './exports/order-export.job.js';
import { OrderExportCreateInput } from './exports/order-export.input.js';
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

@Resolver()
export class OrderExportResolver {
  constructor(private readonly jobs: LongJobService) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @UserErrors('TOO_MANY_JOBS')
  @Mutation(() => JobPayload, {
    description: 'Has orders written into a file: a long job of the kind ORDER_EXPORT.',
  })
  orderExportCreate(
    @Arg('input', () => OrderExportCreateInput, { description: 'Which orders.' })
    input: OrderExportCreateInput,
    @Ctx() { viewer, requestId }: RequestContext,
  ): Promise<JobPayload> {
    return asPayload(input, async () => {
      if (!viewer) throw new Error('A guarded field was reached without a viewer');
      const { search, filter, sort, columns, idempotencyKey } = input;
      const request = {
        input: { ...orderQuery(search, filter), sort, columns },
        actorId: viewer.userId,
        requestId,
        idempotencyKey,
      };
      return { job: await this.jobs.start(orderExportJob, request) };
    });
  }
}
