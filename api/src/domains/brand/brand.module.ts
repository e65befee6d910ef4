import { defineModule } from '../../platform/module.js';
import { mediaModule } from '../media/media.module.js';
import { brandGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { BrandImages } from './brand-images.js';
import { BrandResolver } from './brand.resolver.js';
import { ShareImageResolver } from './share-image.resolver.js';
import { ShopShareImage } from './share-image.js';

/**
 * How the shop looks: staff change its accent color, logo and icon. What they are is read from the settings
 * (`brandGroup` of the store) by whoever shows them: pages, mails, invoices.
 */
export const brandModule = defineModule({
  name: 'brand',
  dependsOn: [storeModule, mediaModule],
  tables: {},
  settingsGroups: [brandGroup],
  entities: [],
  resolvers: [BrandResolver, ShareImageResolver],
  setup({ database, listener, storage, privateFiles }, { media: { uses }, store: { settings } }) {
    const images = new BrandImages({ database, storage, files: privateFiles });
    const share = new ShopShareImage({ database, listener, settings, uses });
    return {
      services: {},
      resolvers: [new BrandResolver({ settings, images, storage, share }), new ShareImageResolver(share)],
    };
  },
});
