// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { pageAddress } from './page-address';
import { PageCache, type CachedPage } from './page-cache';
import { Pages } from './pages';

const VALUES = { 'f.material': ['lut', 'lemn'], 'f.colour': ['crem'], tag: ['cadou'] };

/** A shop with the category "cani", the product "vaza" with two variants, and searches. */
function open() {
  let now = 0;
  const draw = vi.fn(async (address: string): Promise<CachedPage> => {
    const path = address.split('?')[0] ?? '';
    const answer = { headers: {}, body: address, mayBeKept: true };
    if (path.startsWith('/en/'))
      return { ...answer, status: 302, headers: { location: address.replace('/en/', '/fr/') } };
    if (/\/(c\/cani|search)$/.test(path)) return { ...answer, status: 200, values: VALUES };
    if (path.endsWith('/p/vaza')) return { ...answer, status: 200, values: { variant: ['V-1', 'V-2'] } };
    return { ...answer, status: path === '/' ? 200 : 404 };
  });
  const clock = (): number => now;
  const pages = new Pages(new PageCache(10, clock), draw, clock);
  return {
    at: (url: string) => pages.at(url),
    drawn: () => draw.mock.calls.map(([address]) => address),
    pass: (milliseconds: number) => (now += milliseconds),
  };
}

describe('an address of the catalogue', () => {
  it.each([
    ['/?utm_source=mail', '/'],
    ['/en?x=1', '/en'],
    ['/c/cani?x=1&sort=newest&f.material=lut%2Clemn&gclid=2', '/c/cani?f.material=lemn%2Clut&sort=newest'],
    ['/c/cani?f.material=lemn,lut,lemn&f.colour=crem', '/c/cani?f.colour=crem&f.material=lemn%2Clut'],
    ['/c/cani?sort=zz&min=abc&max=-1&stock=zz&f.material=&f.=1&tag=,', '/c/cani'],
    ['/c/cani?min=050&max=120.50&stock=1', '/c/cani?max=120.5&min=50&stock=1'],
    ['/c/cani?sort=newest&sort=price_asc&min=1&min=2', '/c/cani'],
    ['/c/cani?after=zz', '/c/cani'],
    ['/c/c%61ni', '/c/cani'],
    ['/search?q=can%C4%83%20alb%C4%83&x', '/search?q=can%C4%83+alb%C4%83'],
    ['/search?q=%20%20bol%20', '/search?q=bol'],
    ['/search?q=', '/search'],
    ['/search?q=a&q=b', '/search'],
    ['/fr/p/cana?variant=CANA-1&fbclid=abc', '/fr/p/cana?variant=CANA-1'],
    ['/p/cana?q=1&after=2', '/p/cana'],
    ['/p/cana?variant=1&variant=2', '/p/cana'],
    ['/p/cana?variant=', '/p/cana'],
    ['/p/%76aza', '/p/vaza'],
    ['/%70/vaza', '/%70/vaza'],
    ['/p/v%c4%83z%C4%83', '/p/v%C4%83z%C4%83'],
    ['/nothing/here?x=1', '/nothing/here'],
  ])('is one page with all that asks for the same: %s', (asked, kept) => {
    expect(pageAddress(asked).key).toBe(kept);
  });

  it('keeps a cursor that the API may have made', () => {
    const after = `${Buffer.from('["2026",7]').toString('base64url')}.0123456789abcdef`;
    expect(pageAddress(`/c/cani?x=1&after=${after}`)).toMatchObject({
      key: `/c/cani?after=${after}`,
      meaningless: [],
    });
  });

  it.each(['/account/orders?after=abc', '/login?next=/cart', '/order/token?x=1', '/p/cana', '/c/cani/?x=1'])(
    'is no other page: %s stays as it is',
    (asked) => {
      expect(pageAddress(asked).key).toBe(asked);
    },
  );
});

describe('addresses that somebody invents', () => {
  it('cost one render of the page without what they cannot mean', async () => {
    const shop = open();
    for (let number = 0; number < 50; number++) {
      for (const url of [
        `/p/vaza?variant=${number}`,
        `/p/vaza?x=${number}`,
        `/p/%76aza?variant=V-${number + 3}`,
      ])
        await shop.at(url);
      for (const query of [`f.zz=${number}`, `f.material=${number}`, `tag=${number}`, `stock=${number + 2}`])
        await shop.at(`/c/cani?${query}`);
      for (const query of [`after=${number}`, `sort=${number}`, `min=a${number}`, `min=${number}&min=1`])
        await shop.at(`/c/cani?${query}`);
      await shop.at(`/p/nimic?variant=${number}`);
      await shop.at(`/c/nimic?f.material=${number}&x=${number}`);
      await shop.at(`/pagina?x=${number}`);
    }

    expect(shop.drawn().toSorted()).toEqual(['/c/cani', '/c/nimic', '/p/nimic', '/p/vaza', '/pagina']);
  });

  it.each([
    ['/p/vaza?variant=old&utm_source=mail', '/p/vaza?utm_source=mail'],
    ['/c/cani?f.material=lut,zz&f.zz=1&sort=newest', '/c/cani?f.material=lut&sort=newest'],
    ['/c/cani?tag=zz&f.constructor=length', '/c/cani'],
    ['/c/cani?f.colour=crem&after=zzz', '/c/cani?f.colour=crem'],
    ['/search?q=bol&f.colour=zz', '/search?q=bol'],
  ])('lead to what they can mean, and keep what the page does not read: %s', async (asked, location) => {
    const page = await open().at(asked);
    expect([page.status, page.headers.location, page.headers['cache-control']]).toEqual([
      302,
      location,
      'no-store',
    ]);
  });

  it('say that a page is missing, whatever they choose in it', async () => {
    expect((await open().at('/p/nimic?variant=V-1')).status).toBe(404);
  });
});

describe('a choice that exists', () => {
  it.each([
    '/p/vaza?variant=V-2',
    '/c/cani?f.material=lut',
    '/c/cani?tag=cadou',
    '/search?f.colour=crem&q=bol',
  ])('is shown: %s', async (url) => {
    const page = await open().at(url);
    expect([page.status, page.body]).toEqual([200, url]);
  });

  it('asks the plain page once for all of its values, not again for some minutes', async () => {
    const shop = open();
    await shop.at('/p/vaza?variant=V-1');
    shop.pass(20_000);
    await shop.at('/p/vaza?variant=V-2');

    expect(shop.drawn()).toEqual(['/p/vaza', '/p/vaza?variant=V-1', '/p/vaza?variant=V-2']);
    shop.pass(600_000);
    await shop.at('/p/vaza?variant=V-2');
    expect(shop.drawn().slice(3)).toEqual(['/p/vaza', '/p/vaza?variant=V-2']);
  });
});

describe('a page in a language that the shop does not offer any more', () => {
  it('leads to the same filters and the same variant, and costs one render for all of them', async () => {
    const shop = open();
    const ledTo = async (url: string): Promise<unknown> => (await shop.at(url)).headers['location'];
    expect(await ledTo('/en/c/cani?f.colour=crem&sort=newest&utm_source=mail')).toBe(
      '/fr/c/cani?f.colour=crem&sort=newest',
    );
    expect(await ledTo('/en/c/cani?f.colour=alb')).toBe('/fr/c/cani?f.colour=alb');
    expect(await ledTo('/en/c/cani')).toBe('/fr/c/cani');
    expect(shop.drawn()).toEqual(['/en/c/cani']);
    expect(await ledTo('/en/p/vaza?variant=V-2')).toBe('/fr/p/vaza?variant=V-2');
  });
});
