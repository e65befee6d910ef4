import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineModule } from '../../platform/module.js';
import { Cart, noteAdditionalData } from '../cart/index.js';
import { cartModule } from '../cart/cart.module.js';
import { Category, Product, ProductVariant } from '../catalog/index.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { Customer } from '../identity/index.js';
import { identityModule } from '../identity/identity.module.js';
import { Order } from '../orders/index.js';
import { ordersModule } from '../orders/orders.module.js';
import { seedDemoMetadata } from './demo-metadata.js';
import { forgottenMetadata } from './forgotten-metadata.js';
import { MetadataEntity } from './metadata.entity.js';
import { metadataOfCarts } from './metadata-of-carts.js';
import { metadataErrors } from './metadata.errors.js';
import { metadataChanged } from './metadata.events.js';
import { ownersOf, type MetadataOwner } from './metadata-owners.js';
import { metadataFieldsOf, OwnMetadataResolver } from './metadata-fields.resolver.js';
import { MetadataResolver } from './metadata.resolver.js';
import { MetadataService } from './metadata.service.js';

const permissions = definePermissions({
  METADATA_WRITE: {
    description: 'Write metadata and custom fields of whatever one may change.',
    role: Role.MANAGER,
  },
});

declare global {
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
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
    cartModule,
    { cart: Cart },
    {
      ...{ role: Role.SUPPORT, read: 'ORDER_READ', write: 'ORDER_WRITE', isOfCatalogue: false },
      lock: noteAdditionalData,
    },
  ),
  ...ownersOf(
    identityModule,
    { cust: Customer },
    { role: Role.SUPPORT, read: 'CUSTOMER_READ', write: 'CUSTOMER_WRITE', isOfCatalogue: false },
  ),
];

const fieldResolvers = metadataOwners.map(metadataFieldsOf);

/**
 * Values by key that staff and other programs keep about the shop's entities. They stand in a table of their own, read only
 * by requests that ask for them: no list, page, cart or checkout sends a statement more.
 */
export const metadataModule = defineModule({
  name: 'metadata',
  dependsOn: [catalogModule, identityModule, cartModule, ordersModule],
  tables: {
    metadata:
      'Kept as long as what it is about. Deleted each night: of an order or cart whose buyer was forgotten, and of an account or cart that is gone.',
  },
  permissions,
  errors: metadataErrors,
  events: [metadataChanged],
  entities: [MetadataEntity],
  resolvers: [MetadataResolver, OwnMetadataResolver, ...fieldResolvers],
  setup({ database, outbox }, { orders, cart }) {
    cart.cartData.add(metadataOfCarts);
    return {
      services: {},
      resolvers: [
        new MetadataResolver(metadataOwners, new MetadataService(database, outbox, orders.orders)),
        new OwnMetadataResolver(),
        ...fieldResolvers.map((Fields) => new Fields()),
      ],
      oldRows: forgottenMetadata,
      seed: { demo: () => seedDemoMetadata(database) },
    };
  },
});
