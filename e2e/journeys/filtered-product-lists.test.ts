import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffCaller } from '../support/api.ts';
import { openBrowser } from '../support/browser.ts';
import { openInShop } from '../support/pages.ts';
import { DESKTOP, inShop, visitor } from '../support/visitor.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a list that is narrowed', () => {
  it('shows each product in the color that was asked for, and leads to it', async () => {
    const { page, context, problems } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/c/cani-si-cesti?f.colour=crem');
    const card = page.getByRole('article').filter({ hasText: 'Dimineața Mug' }).first();
    await card.getByText(/^Cream \//).waitFor();
    expect(await card.getByRole('link').getAttribute('href')).toMatch(/\?variant=.*CREM/i);

    await card.getByRole('link').click();
    await page.getByRole('radio', { name: /^Cream/, checked: true }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('takes prices with decimals, the wrong way round too, and says when they are none', async () => {
    const { page, context } = await visitor(browser, DESKTOP);
    await openInShop(page, '/en/c/cani-si-cesti');
    await page.getByLabel('Lowest price').fill('120');
    await page.getByLabel('Highest price').fill('100,50');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/min=100\.5&max=120$/);

    await page.getByLabel('Lowest price').fill('cheap');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Write the price in figures').waitFor();
    expect(page.url()).toMatch(/min=100\.5&max=120$/);
    await context.close();
  });

  it('opens from its beginning by an old link, whatever its cursor was', async () => {
    const answer = await fetch(inShop('/en/c/boluri?f.colour=crem&after=zzz'), { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/en/c/boluri?f.colour=crem');
    expect((await fetch(inShop('/search?q=bol&after=zzz'))).status).toBe(200);
  });

  it('leads from a former name of a tag or a value to the present one, with all other filters', async () => {
    const staff = await staffCaller();
    const write = async (name: string, input: object, fields: string) => {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
      const text = `mutation($input: ${type}) { done: ${name}(input: $input) { ${fields} errors { code } } }`;
      const { done } = await staff.ask(text, { input });
      expect(done.errors).toEqual([]);
      return done;
    };
    const named = (name: string) => ({ translations: [{ locale: 'RO', name }] });
    const { tag } = await write('tagCreate', named('Proba veche'), 'tag { id }');
    const made = await write('attributeCreate', { ...named('Probă'), kind: 'ENUM' }, 'attribute { id }');
    const attributeId = made.attribute.id as string;
    const values = [];
    for (const name of ['Unu', 'Doi'])
      values.push(
        await write(
          'attributeValueCreate',
          { attributeId, ...named(name) },
          'value { id } attribute { version }',
        ),
      );
    const [from, into] = values;
    const { product } = await staff.ask(
      '{ product(slug: "cana-dimineata") { id version tags { name } categories { slug } } }',
    );
    const tags = [...product.tags.map(({ name }: { name: string }) => name), 'Proba veche'];
    const attributes = [{ attributeId, valueIds: [from.value.id] }];
    const changes = { productId: product.id, expectedVersion: product.version, tags, attributes };
    await write('productUpdate', changes, 'product { id }');
    await write('tagUpdate', { tagId: tag.id, expectedVersion: 1, slug: 'proba-noua' }, 'tag { id }');
    const merge = { valueId: from.value.id, expectedVersion: into.attribute.version, intoId: into.value.id };
    await write('attributeValueMerge', merge, 'attribute { version }');

    for (const start of ['/search', '/en/search']) {
      const answer = await fetch(
        inShop(`${start}?q=cana&f.proba=unu&tag=proba-veche&stock=1&sort=price_asc`),
        {
          redirect: 'manual',
        },
      );
      expect(answer.status).toBe(301);
      const to = answer.headers.get('location')!;
      expect(to).toBe(`${start}?q=cana&f.proba=doi&tag=proba-noua&stock=1&sort=price_asc`);
      const page = await fetch(inShop(to), { redirect: 'manual' });
      expect([page.status, (await page.text()).includes('/p/cana-dimineata')]).toEqual([200, true]);
    }
    const left = await staff.ask(`{ attributes { id version } }`);
    const { version } = left.attributes.find(({ id }: { id: string }) => id === attributeId);
    await write('attributeDelete', { attributeId, expectedVersion: version }, 'deletedAttributeId');
    await write('tagDelete', { tagId: tag.id, expectedVersion: 2 }, 'deletedTagId');
  });

  it('stays a list when the address asks for more filters than the shop takes', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `f.a${i}=x`).join('&');
    expect((await fetch(inShop(`/c/boluri?${many}`))).status).toBe(200);
  });
});
