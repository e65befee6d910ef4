import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Role } from '../../platform/graphql/roles.js';
import { Category, Product } from '../catalog/index.js';
import { Customer } from '../identity/index.js';
import { Order } from '../orders/index.js';
import { Return } from '../returns/index.js';
import { auditChoices } from './audit-choices.js';
import { auditQuery, type AuditList } from './audit-list.js';
import { AuditLogFilter, AuditPage } from './audit.input.js';
import { AuditEntryConnection, AuditLogChoices } from './audit.type.js';
import { customerEntity, type AuditedEntity } from './audited-entity.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly list: AuditList) {}

  @Auth(Role.ADMIN, 'AUDIT_READ')
  @Query(() => AuditEntryConnection, {
    description: 'What staff, and the shop itself, wrote: the audit log, newest first.',
  })
  async auditLog(
    @Args(() => AuditPage) page: AuditPage,
    @Arg('filter', () => AuditLogFilter, { nullable: true, description: 'Narrows the log.' })
    filter: AuditLogFilter | null,
  ): Promise<object> {
    return this.list.page(auditQuery(filter), page);
  }

  @Auth(Role.ADMIN, 'AUDIT_READ')
  @Query(() => AuditLogChoices, { description: 'By what the audit log can be narrowed.' })
  auditLogChoices(@Ctx() { database }: RequestContext): Promise<object> {
    return auditChoices(database);
  }
}

/** What the history of a type is about. */
interface HistoryOwner {
  readonly type: abstract new () => object;
  readonly entityOf: (row: { readonly id: string }) => AuditedEntity;
}

/** A resolver class with the field `history` of a type. */
function historyOf({ type, entityOf }: HistoryOwner): new (list: AuditList) => object {
  @Resolver(() => type as never)
  class HistoryResolver {
    constructor(private readonly list: AuditList) {}

    @Auth(Role.ADMIN, 'AUDIT_READ')
    @FieldResolver(() => AuditEntryConnection, {
      nullable: true,
      description: 'What staff wrote about it and its parts, newest first. Staff only.',
    })
    history(@Root() root: { readonly id: string }, @Args(() => AuditPage) page: AuditPage): Promise<object> {
      return this.list.history(entityOf(root), page);
    }
  }
  return HistoryResolver;
}

const of =
  (name: string): HistoryOwner['entityOf'] =>
  ({ id }) => ({ entityTypes: [name], entityId: id });

/** The main types with the field `history`. */
export const HISTORIES = [
  historyOf({ type: Product, entityOf: of('Product') }),
  historyOf({ type: Order, entityOf: of('Order') }),
  historyOf({ type: Category, entityOf: of('Category') }),
  historyOf({ type: Return, entityOf: of('Return') }),
  historyOf({ type: Customer, entityOf: ({ id }) => customerEntity(id) }),
];
