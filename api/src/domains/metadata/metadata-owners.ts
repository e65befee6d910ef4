import type { IdPrefix } from '../../kernel/ids.js';
import { Role, type Permission } from '../../platform/graphql/roles.js';
import type { AnyModule, NodeFinder } from '../../platform/module.js';
import { Category, Product, ProductVariant } from '../catalog/index.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { Customer } from '../identity/index.js';
import { identityModule } from '../identity/identity.module.js';
import { Order } from '../orders/index.js';
import { ordersModule } from '../orders/orders.module.js';

/** A type of the schema whose entities have metadata. */
export interface MetadataOwner {
  /** Prefix of its ids. */
  readonly prefix: IdPrefix;
  /** Its name in the schema. */
  readonly name: string;
  /** Its type-graphql class. */
  readonly type: abstract new () => object;
  /** The least built-in role with the permission `read`, for readers of the schema. */
  readonly role: Role;
  readonly read: Permission;
  readonly write: Permission;
  /** Whether its public metadata is part of cached answers about the catalogue. */
  readonly isOfCatalogue: boolean;
  /** Finds one that the caller may read. */
  readonly find: NodeFinder['find'];
}

/** The owners among the types of a module, by the prefixes of their ids. */
function ownersOf(
  module: Pick<AnyModule, 'name' | 'nodes'>,
  types: Readonly<Partial<Record<IdPrefix, abstract new () => object>>>,
  rights: Pick<MetadataOwner, 'role' | 'read' | 'write' | 'isOfCatalogue'>,
): MetadataOwner[] {
  return Object.entries(types).map(([key, type]) => {
    const prefix = key as IdPrefix;
    const node = module.nodes?.[prefix];
    if (!node) throw new Error(`The module ${module.name} finds no entity by the prefix ${prefix}`);
    return { prefix, name: node.type, type, find: node.find, ...rights };
  });
}

/** The main entities of the shop. Whoever may change one may change its metadata. */
export const metadataOwners: readonly MetadataOwner[] = [
  ...ownersOf(
    catalogModule,
    { prod: Product, vari: ProductVariant, cat: Category },
    { role: Role.SUPPORT, read: 'CATALOG_READ', write: 'CATALOG_WRITE', isOfCatalogue: true },
  ),
  ...ownersOf(
    ordersModule,
    { ord: Order },
    { role: Role.SUPPORT, read: 'ORDER_READ', write: 'ORDER_WRITE', isOfCatalogue: false },
  ),
  ...ownersOf(
    identityModule,
    { cust: Customer },
    { role: Role.SUPPORT, read: 'CUSTOMER_READ', write: 'CUSTOMER_WRITE', isOfCatalogue: false },
  ),
];
