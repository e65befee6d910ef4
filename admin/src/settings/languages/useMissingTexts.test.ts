import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, ref } from 'vue';
import { i18n } from '../../app/i18n';
import { useMissingTexts } from './useMissingTexts';

interface Asked {
  readonly variables: { readonly input?: { readonly text: string } };
}

/** The page of one text that German lacks, what was sent to be saved, and how the answers are let go. */
function pageOfOneText() {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { input } = (JSON.parse(String(init?.body)) as Asked).variables;
    if (input) {
      sent.push(input.text);
      await new Promise<void>((resolve) => answers.push(resolve));
    }
    const nodes = [{ id: 'prod_1', field: 'name', source: 'Mug' }];
    const data = input
      ? { translationSave: { errors: [], coverage: { area: 'products', total: 1, written: 1 } } }
      : { missingTexts: { nodes, endCursor: null } };
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({
    ...{ url: 'http://shop.test/graphql', fetch, preferGetMethod: false, exchanges: [fetchExchange] },
  });
  let used: ReturnType<typeof useMissingTexts> | undefined;
  mount(
    defineComponent({
      setup() {
        used = useMissingTexts(ref('DE' as const), ref('products'), () => {});
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!used) throw new Error('not mounted');
  return { used, sent, answer: () => answers.shift()?.() };
}

it('saves a translation that is changed again while the first is on its way', async () => {
  const { used, sent, answer } = pageOfOneText();
  await vi.waitFor(() => expect(used.rows.value).toHaveLength(1));
  const row = used.rows.value[0]!;

  row.draft = 'Tase';
  void used.save(row);
  await vi.waitFor(() => expect(sent).toEqual(['Tase']));
  row.draft = 'Tasse';
  void used.save(row);
  answer();
  await vi.waitFor(() => expect(sent).toEqual(['Tase', 'Tasse']));
  answer();

  await vi.waitFor(() => expect(row).toMatchObject({ state: 'saved', saved: 'Tasse' }));
});
