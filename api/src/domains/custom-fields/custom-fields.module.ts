import { defineModule } from '../../platform/module.js';
import { cartModule } from '../cart/cart.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { identityModule } from '../identity/identity.module.js';
import { metadataModule } from '../metadata/metadata.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { customFieldOwners } from './custom-field-owners.js';
import { customFieldSetOf } from './custom-field-set.resolver.js';
import { CustomFieldValuesEntity } from './custom-fields.entity.js';
import { customFieldsChanged } from './custom-fields.events.js';
import { CustomFieldsResolver } from './custom-fields.resolver.js';
import { CustomFieldsService } from './custom-fields.service.js';
import { customFieldsOfCarts } from './custom-fields-of-carts.js';
import { copiedFields, declaredFields } from './declared-fields.js';
import { forgottenCustomFields } from './forgotten-custom-fields.js';
import { typedFieldResolvers } from './typed/typed-fields.js';

const setResolvers = customFieldOwners.map(customFieldSetOf);

/**
 * Fields that plugins and vitrine.config.ts declare for entities of the shop. Their values stand in a table of their own,
 * read only by requests that ask for them: no list, page, cart or checkout sends a statement more.
 */
export const customFieldsModule = defineModule({
  name: 'customFields',
  dependsOn: [catalogModule, identityModule, cartModule, ordersModule, metadataModule],
  tables: {
    custom_field_values:
      'Kept as long as what it is about. Deleted each night: of an order or cart whose buyer was forgotten, and of an account or cart that is gone.',
  },
  events: [customFieldsChanged],
  entities: [CustomFieldValuesEntity],
  resolvers: [CustomFieldsResolver, ...setResolvers],
  setup: ({ database, outbox, pluginModules }, { orders, cart }) => {
    const service = new CustomFieldsService(database, outbox, orders.orders);
    const declared = declaredFields(pluginModules);
    cart.cartData.add(customFieldsOfCarts(copiedFields(declared)));
    return {
      services: {},
      resolvers: [
        new CustomFieldsResolver(declared, service),
        ...setResolvers.map((Fields) => new Fields(declared)),
        ...typedFieldResolvers(pluginModules).map((Fields) => new Fields(service, cart.carts)),
      ],
      oldRows: forgottenCustomFields,
    };
  },
});
