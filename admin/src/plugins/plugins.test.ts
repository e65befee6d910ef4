import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent, h, nextTick, ref, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { i18n } from '../app/i18n';
import { useSession } from '../app/session';
import type { SessionUserFragment } from '../generated/shell/graphql';
import { useNavigation } from '../shell/useNavigation';
import type { AdminModule } from './admin-module';
import { addPluginRoutes, loadPlugins, missingPlugins, slotsOf } from './loaded-plugins';
import { messagesFor } from '../app/error-messages';
import { kindName } from '../jobs/job-messages';
import type { JobKind } from '../generated/jobs/graphql';
import { bulkOfPlugins, messagesOfPlugins, useMessages } from './plugin-messages';
import PluginSlot from './PluginSlot.vue';

const messages = {
  './messages/en.json': async () => ({ kinds: { title: 'Gift wraps' }, chosen: 'Wrapped: {wrap}' }),
  './messages/fr.json': async () => ({ kinds: { title: 'Papiers cadeau' }, chosen: 'Emballé : {wrap}' }),
};
const Empty = defineComponent({ render: () => h('p', 'nothing') });
const fails = (): never => {
  throw new Error('No ribbon left');
};

const plugin = (module: Partial<AdminModule>, name = 'giftWrap') => ({
  name,
  load: async (): Promise<AdminModule> => ({ messages, ...module }),
});
const withSlot = (component: Component, more: object = {}) =>
  plugin({
    slots: [{ name: 'order.page', component: async () => ({ default: component }), ...more }],
  });

let told: string[];
let close: () => void;
beforeEach(() => {
  told = [];
  close = () => undefined;
  vi.spyOn(console, 'error').mockImplementation((...words) => void told.push(words.map(String).join(' ')));
  useSession().user.value = { permissions: ['ORDER_READ'] } as unknown as SessionUserFragment;
});
afterEach(async () => {
  close();
  useSession().user.value = null;
  await loadPlugins([]);
});

/** A page of an order with the slot between two parts of its own. */
async function orderPage() {
  i18n.global.mergeLocaleMessage('en', await messagesOfPlugins('en'));
  i18n.global.locale.value = 'en';
  const version = ref(1);
  const element = document.createElement('div');
  const app = createApp({
    render: () => [
      h('h1', 'Order 7'),
      h(PluginSlot, {
        name: 'order.page',
        context: { orderId: 'ord_7', version: version.value, mayWrite: true },
      }),
      h('footer', 'Total'),
    ],
  });
  app.component('UAlert', { props: ['title'], render: (alert: { title: string }) => h('b', alert.title) });
  app.component('USkeleton', Empty);
  app.use(i18n).mount(element);
  close = () => app.unmount();
  await vi.waitFor(() => expect(element.querySelector('[aria-busy]')).toBeNull());
  return { element, version, text: () => element.textContent };
}

describe('a part of a plugin on a page', () => {
  it('shows what the plugin says, in its words and for this order', async () => {
    const Wrap = defineComponent({
      props: { orderId: { type: String, required: true } },
      setup({ orderId }) {
        const { t } = useMessages();
        return () => h('p', t('chosen', { wrap: orderId }));
      },
    });
    await loadPlugins([withSlot(Wrap)]);

    expect((await orderPage()).text()).toBe('Order 7Wrapped: ord_7Total');
  });

  it('is not there for staff without its permission', async () => {
    await loadPlugins([withSlot(Empty, { permission: 'WRAP_WRITE' })]);

    expect((await orderPage()).text()).toBe('Order 7Total');
  });

  it.each<[string, Component]>([
    ['while it is set up', { setup: fails }],
    ['while it is drawn', { render: fails }],
    ['once it is there', { mounted: fails, render: () => h('p', 'half') }],
  ])(
    'that fails %s is replaced by a sentence with its name, and the page stays',
    async (_when, component) => {
      await loadPlugins([withSlot(component)]);

      const page = await orderPage();
      await nextTick();

      expect(page.text()).toBe('Order 7The plugin giftWrap could not show thisTotal');
      expect(told).toEqual(['The plugin giftWrap failed in order.page: Error: No ribbon left']);
    },
  );

  it('that fails with a later version of the order is replaced then', async () => {
    const Wrap = defineComponent({
      props: { version: { type: Number, required: true } },
      render() {
        return this.version > 1 ? fails() : h('p', 'Wrapped');
      },
    });
    await loadPlugins([withSlot(Wrap)]);
    const page = await orderPage();
    expect(page.text()).toBe('Order 7WrappedTotal');

    page.version.value = 2;
    await nextTick();
    await nextTick();

    expect(page.text()).toBe('Order 7The plugin giftWrap could not show thisTotal');
  });

  it('whose code cannot be fetched is named as well', async () => {
    await loadPlugins([plugin({ slots: [{ name: 'order.page', component: async () => fails() }] })]);

    expect((await orderPage()).text()).toBe('Order 7The plugin giftWrap could not show thisTotal');
  });

  it('stays when only what was pressed failed', async () => {
    await loadPlugins([withSlot({ render: () => h('button', { onClick: fails }, 'Wrap') })]);
    const page = await orderPage();

    page.element.querySelector('button')?.click();
    await nextTick();

    expect(page.text()).toBe('Order 7WrapTotal');
    expect(told).toEqual(['The plugin giftWrap failed in order.page: Error: No ribbon left']);
  });
});

describe('a plugin that cannot be loaded', () => {
  it.each([
    ['throws', async () => fails()],
    ['exports nothing', async () => undefined],
    [
      'leads the menu nowhere',
      async () => ({ messages, navigation: [{ route: 'kinds', icon: 'i-lucide-gift' }] }),
    ],
  ])('because its file %s is named, and the others are there', async (_why, load) => {
    const slots = [{ name: 'order.page' as const, component: async () => ({ default: Empty }) }];

    await loadPlugins([{ name: 'giftWrap', load }, plugin({ slots }, 'loyalty')]);

    expect([...missingPlugins.keys()]).toEqual(['giftWrap']);
    expect(slotsOf('order.page').map((slot) => slot.plugin)).toEqual(['loyalty']);
  });
});

describe('a page of a plugin', () => {
  const pages = plugin({
    routes: [
      {
        ...{ name: 'kinds', path: 'kinds/:id?', title: 'kinds.title', permission: 'ORDER_READ' },
        component: async () => ({ default: Empty }),
      },
      {
        ...{ name: 'stock', path: '', title: 'kinds.title', permission: 'CATALOG_WRITE' },
        component: async () => ({ default: Empty }),
      },
    ],
    navigation: [
      { route: 'kinds', icon: 'i-lucide-gift' },
      { route: 'stock', icon: 'i-lucide-boxes' },
    ],
  });

  it('has an address of its own inside the frame, with its permission', async () => {
    await loadPlugins([pages]);
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/', name: 'frame', component: Empty, children: [] }],
    });

    addPluginRoutes(router, 'frame');

    expect(router.resolve({ name: 'giftWrap.kinds', params: { id: '7' } }).path).toBe(
      '/plugins/giftWrap/kinds/7',
    );
    expect(router.resolve('/plugins/giftWrap').meta).toEqual({ permission: 'CATALOG_WRITE' });
    expect(router.resolve('/plugins/giftWrap').matched.map(({ name }) => name)).toEqual([
      'frame',
      'giftWrap.stock',
    ]);
  });

  it('stands in the menu of those who may open it, in the language that they read', async () => {
    await loadPlugins([pages]);
    i18n.global.mergeLocaleMessage('fr', await messagesOfPlugins('fr'));
    i18n.global.locale.value = 'fr';
    let links: string[] = [];
    createApp({
      setup() {
        links = useNavigation()
          .links.value.flat()
          .map(({ label }) => label);
        return () => null;
      },
    })
      .use(i18n)
      .mount(document.createElement('div'));

    expect(links.filter((label) => label === 'Papiers cadeau')).toHaveLength(1);
  });

  it('is written in the first language of the plugin where it does not know that of the admin', async () => {
    await loadPlugins([pages]);

    expect(await messagesOfPlugins('ro')).toEqual(await messagesOfPlugins('en'));
  });
});

describe('what a plugin does to many rows of a list of the shop', () => {
  const words = {
    './messages/en.json': async () => ({
      bulk: { WRAPPED: 'Mark as wrapped' },
      jobKind: { ORDER_WRAPPED: 'Orders marked as wrapped' },
      errors: { GIFT_WRAP_NONE: 'It is not to be wrapped.' },
    }),
  };
  const wrapped = {
    ...{ key: 'WRAPPED', icon: 'i-lucide-gift', label: 'bulk.WRAPPED', hint: 'bulkHint.WRAPPED' },
    start: async () => ({ result: {} }),
  };

  it('is offered there and nowhere else, and its job and its row errors have the words of the plugin', async () => {
    await loadPlugins([plugin({ messages: words, bulk: [{ list: 'orders', action: wrapped }] })]);
    i18n.global.setLocaleMessage('en', {
      ...i18n.global.getLocaleMessage('en'),
      ...(await messagesOfPlugins('en')),
    });
    i18n.global.locale.value = 'en';
    const { t } = i18n.global;

    const offered = bulkOfPlugins('orders');

    expect(offered.map(({ label }) => t(label))).toEqual(['Mark as wrapped']);
    expect(bulkOfPlugins('products')).toEqual([]);
    expect(kindName('ORDER_WRAPPED' as JobKind, (key) => t(key))).toBe('Orders marked as wrapped');
    expect(kindName('ANOTHER' as JobKind, (key) => t(key))).toBe('ANOTHER');
    expect(messagesFor({ code: 'GIFT_WRAP_NONE' })).toBe('It is not to be wrapped.');
  });
});
