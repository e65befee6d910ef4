import { z } from 'zod';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { defineJob, handleJob } from '../../platform/jobs/define-job.js';
import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { identityModule } from '../identity/identity.module.js';
import { mediaModule } from '../media/media.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { routingModule } from '../routing/routing.module.js';
import { languagesGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { BLOCK_TYPES } from './blocks/block.type.js';
import { ProductsBlockResolver } from './blocks/products-block.resolver.js';
import { ShownBlocks } from './blocks/shown-blocks.js';
import { contentErrors } from './content.errors.js';
import { menuChanged, pageChanged, pagePublished } from './content.events.js';
import { menuNode } from './menus/menu-node.js';
import { menuTexts } from './menus/menu-texts.js';
import { MenuEntity } from './menus/menu.entity.js';
import { MenuLookup } from './menus/menu-lookup.js';
import { MenuResolver } from './menus/menu.resolver.js';
import { MenuService } from './menus/menu.service.js';
import { PageAdminResolver } from './pages/page-admin.resolver.js';
import { pageMediaOwner, pageNode, registerPageAddresses } from './pages/page-neighbours.js';
import { PagePublishing } from './pages/page-publishing.js';
import { PageEntity, PagePreviewEntity, PageVersionEntity } from './pages/page.entity.js';
import { PageLookup } from './pages/page-lookup.js';
import { PageResolver } from './pages/page.resolver.js';
import { PageService } from './pages/page.service.js';
import { oldPreviews } from './pages/page.statements.js';
import { pageTexts } from './pages/page-texts.js';
import { PageTranslations } from './pages/page-translations.js';
import { PageViews } from './pages/page-views.js';
import { PageWrites } from './pages/page-writes.js';
import { contentRuntime } from './runtime.js';
import { seedDemoHome } from './start/demo-home.js';
import { seedStartMenus } from './start/start-menus.js';
import { seedStartPages } from './start/seed-pages.js';

const idPrefixes = defineIdPrefixes({ page: 'Page', pver: 'PageVersion', menu: 'Menu' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

const publishDueJob = defineJob({
  queue: 'content.publish-due',
  payload: z.object({}),
  schedule: '* * * * *',
  exclusive: true,
});

/**
 * What the shop says of itself: pages made of blocks. Types of blocks: `blocks/block-types.ts`; what buyers read is
 * `pages/page-lookup.ts`, and how it changes `pages/page.statements.ts`.
 */
export const contentModule = defineModule({
  name: 'content',
  dependsOn: [storeModule, identityModule, mediaModule, routingModule, catalogModule, pricingModule],
  tables: {
    page: 'Kept: staff archive it.',
    page_version: 'Kept: what was published stays, so that it can be said what buyers were told.',
    menu: 'Kept: there are two.',
    page_preview: 'Deleted when the page is published, and each night once it has ended.',
  },
  idPrefixes,
  errors: contentErrors,
  // Texts of pages are translated beside those of other modules.
  hookErrors: { translationSave: ['HTML_NOT_ALLOWED', 'UNKNOWN_FACT'] },
  orphanedTypes: BLOCK_TYPES,
  entities: [PageEntity, PageVersionEntity, PagePreviewEntity, MenuEntity],
  events: [pagePublished, pageChanged, menuChanged],
  resolvers: [PageResolver, ProductsBlockResolver, PageAdminResolver, MenuResolver],
  nodes: { page: pageNode, menu: menuNode },
  setup(platform, { store: { settings }, media, routing, catalog, pricing }) {
    const { database, storage, storefrontUrl, clock } = platform;
    const { kinds } = routing;
    const languages = () => settings.get(languagesGroup);
    const defaultLanguage = async () => (await languages()).defaultLanguage;
    const lookup = new PageLookup({ ...platform, kinds, defaultLanguage });
    const deps = { ...platform, kinds, uses: media.uses, lookup, defaultLanguage };
    const writes = new PageWrites(deps);
    const publishing = new PagePublishing(writes);
    const views = new PageViews(deps);
    const rootLanguage = async () => (await languages()).rootLanguage;
    const details = { settings, reference: pricing.reference };
    const blocks = new ShownBlocks({ ...details, catalog: catalog.reference, clock, rootLanguage });
    const slugOfCategory = async (id: string) =>
      (await catalog.reference.get()).categoryById.get(id)?.slug ?? null;
    const menuLookup = new MenuLookup({
      ...platform,
      ...{ kinds, catalog: catalog.reference, pages: lookup, rootLanguage },
    });
    const menus = new MenuService({ ...platform, kinds, menus: menuLookup, defaultLanguage });
    contentRuntime.register(database, { lookup, views, menus: menuLookup });
    registerPageAddresses(kinds, { database, lookup, views, defaultLanguage });
    media.uses.register(pageMediaOwner);
    return {
      services: { lookup, publishing, writes },
      texts: [pageTexts(new PageTranslations(writes)), menuTexts(menus)],
      resolvers: [
        new PageResolver({ lookup, views, blocks, languages }),
        new ProductsBlockResolver(catalog.search, slugOfCategory),
        new MenuResolver(menuLookup, menus),
        new PageAdminResolver(new PageService(writes), publishing, views, storefrontUrl),
      ],
      jobs: [
        // May run twice: the pointer of each page is moved once, under its lock.
        handleJob(publishDueJob, async () => void (await publishing.publishDue())),
      ],
      oldRows: [{ statement: oldPreviews, days: 1 }],
      seed: {
        starter: async () => {
          await seedStartPages(writes);
          await seedStartMenus(database);
        },
        demo: () => seedDemoHome({ writes, storage }),
      },
    };
  },
});
