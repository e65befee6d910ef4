import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { ShopSettingEntity } from './shop-setting.entity.js';

/** Settings of the shop as a whole, which every other module may read. */
export const storeModule = defineModule({
  name: 'store',
  dependsOn: [],
  tables: {
    shop_setting: KEPT.catalogue,
  },
  entities: [ShopSettingEntity],
  resolvers: [],
  setup: () => ({ services: {}, resolvers: [] }),
});
