// @vitest-environment node
import { createSSRApp, defineComponent, h, type Component } from 'vue';
import { renderToString, ssrInterpolate } from 'vue/server-renderer';
import { afterEach, expect, it, vi } from 'vitest';
import { loadPlugins } from '../src/plugins/loaded-plugins';
import { PluginPart, useMessages } from '../src/plugins/PluginPart';
import type { StorefrontModule } from '../src/plugins/storefront-module';

afterEach(() => void vi.useRealTimers());

const MESSAGES = {
  './messages/ro.json': async () => ({ wrap: 'Împachetat' }),
  './messages/en.json': async () => ({ wrap: 'Gift wrapped' }),
};

const moduleWith = (component: Component, messages: StorefrontModule['messages'] = MESSAGES) => ({
  slots: [{ name: 'cart.summary' as const, component: async () => ({ default: component }) }],
  messages,
});

/** A page as the server sends it, with this component of a plugin between its heading and its button. */
async function pageWith(module: StorefrontModule, language: 'ro' | 'en' | 'fr' = 'en') {
  const told = vi.spyOn(console, 'error').mockReturnValue();
  const parts = await loadPlugins(language, [{ name: 'giftWrap', load: async () => module }]);
  const page = createSSRApp({
    render: () => [
      h('h1', 'Cart'),
      ...parts.map((part) => h(PluginPart, { part, context: { cartId: 'cart_1' } })),
      h('button', 'Check out'),
    ],
  });
  const html = (await renderToString(page)).replace(/<!--.*?-->/g, '');
  return { html, told: told.mock.calls.map(([what, error]) => [what, (error as Error).message]) };
}

const Wrap = defineComponent({
  props: { cartId: { type: String, required: true } },
  setup(props) {
    const { t } = useMessages();
    return () => h('p', `${t('wrap')} ${props.cartId}`);
  },
});

it('The server sends what a plugin shows with the page, in the language of the page', async () => {
  expect((await pageWith(moduleWith(Wrap))).html).toBe(
    '<h1>Cart</h1><p>Gift wrapped cart_1</p><button>Check out</button>',
  );
});

it('A language that the plugin does not speak gets the first that it does', async () => {
  expect((await pageWith(moduleWith(Wrap), 'fr')).html).toContain('<p>Împachetat cart_1</p>');
});

const broken = new Error('No ribbon left');
const fails = (): never => {
  throw broken;
};

it.each<[string, Component]>([
  ['while it is set up', { setup: fails }],
  ['while it is drawn', { render: fails }],
  [
    'in the middle of an element, as a compiled template draws it',
    {
      ssrRender: (_proxy: unknown, push: (text: string) => void) => {
        push('<section><div>');
        push(ssrInterpolate(fails()));
      },
    } as Component,
  ],
  ['later, in a component inside it', { render: () => h('div', h({ setup: async () => fails() })) }],
])(
  'A component of a plugin that fails %s is left out and named, and the page is whole',
  async (_when, component) => {
    const { html, told } = await pageWith(moduleWith(component));

    expect(html).toBe('<h1>Cart</h1><button>Check out</button>');
    expect(told).toContainEqual(['The plugin giftWrap failed in cart.summary:', 'No ribbon left']);
  },
);

it('One whose code cannot be fetched is left out and named', async () => {
  const module = {
    slots: [{ name: 'cart.summary' as const, component: async () => fails() }],
    messages: MESSAGES,
  };

  const { html, told } = await pageWith(module);

  expect(html).toBe('<h1>Cart</h1><button>Check out</button>');
  expect(told).toEqual([['The plugin giftWrap failed in cart.summary:', 'No ribbon left']]);
});

it('One that never comes to an end is left out before the time of the page is over', async () => {
  vi.useFakeTimers();
  const page = pageWith(moduleWith({ setup: () => new Promise(() => undefined) }));
  await vi.advanceTimersByTimeAsync(3_000);

  const { html, told } = await page;

  expect(html).toBe('<h1>Cart</h1><button>Check out</button>');
  expect(told).toEqual([['The plugin giftWrap failed in cart.summary:', 'It was not drawn within 3000 ms.']]);
});

it('A plugin that cannot be loaded at all takes no other one with it', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue();

  const parts = await loadPlugins('en', [
    { name: 'loyalty', load: async () => fails() },
    { name: 'empty', load: async () => undefined },
    { name: 'giftWrap', load: async () => moduleWith(Wrap) },
  ]);

  expect(parts.map(({ plugin }) => plugin)).toEqual(['giftWrap']);
  expect(told.mock.calls.map(([what]) => what)).toEqual([
    'The plugin loyalty failed in its code:',
    'The plugin empty failed in its code:',
  ]);
});
