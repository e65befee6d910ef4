import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { identityModule } from '../identity/identity.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { storeModule } from '../store/store.module.js';
import { Beginnings } from './beginning.js';

/** The first run of a shop: what it begins as. */
export const setupModule = defineModule({
  name: 'setup',
  dependsOn: [storeModule, identityModule, catalogModule, ordersModule],
  tables: {},
  entities: [],
  resolvers: [],
  setup({ database }, { store: { settings } }) {
    return { services: { beginnings: new Beginnings(database, settings) }, resolvers: [] };
  },
});
