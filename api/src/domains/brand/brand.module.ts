import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { brandGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { BrandImages } from './brand-images.js';
import { BrandResolver } from './brand.resolver.js';

/**
 * How the shop looks: staff change its accent color, logo and icon. What they are is read from the settings
 * (`brandGroup` of the store) by whoever shows them: pages, mails, invoices.
 */
export const brandModule = defineModule({
  name: 'brand',
  dependsOn: [storeModule, catalogModule],
  tables: {},
  settingsGroups: [brandGroup],
  entities: [],
  resolvers: [BrandResolver],
  setup({ database, storage, privateFiles }, { store: { settings } }) {
    const images = new BrandImages({ database, storage, files: privateFiles });
    return { services: {}, resolvers: [new BrandResolver({ settings, images, storage })] };
  },
});
