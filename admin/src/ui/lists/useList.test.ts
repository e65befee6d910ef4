import { Client, fetchExchange, gql } from '@urql/core';
import urql from '@urql/vue';
import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { i18n } from '../../app/i18n';
import { defineList } from './define-list';
import { useList } from './useList';

interface Answer {
  tags: {
    nodes: { id: string; name: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  };
}

const tagList = defineList({
  name: 'tags',
  title: 'products.tag',
  query: gql<Answer, Record<string, unknown>>`
    query Tags($first: Int, $search: String, $filter: TagFilter, $sort: TagSort) {
      tags(first: $first, search: $search, filter: $filter, sort: $sort) {
        nodes {
          id
          name
        }
      }
    }
  `,
  connection: ({ tags }) => tags,
  types: ['Tag'],
  search: 'products.search',
  sorts: ['NAME_ASC', 'NAME_DESC'],
  sortMessages: 'products.sorts',
  filters: {
    used: { label: 'products.status', kind: 'one', choices: () => [{ value: 'yes', label: 'Yes' }] },
    maker: { label: 'products.stock', kind: 'one', isFor: ({ can }) => can('SYSTEM') },
  },
  toFilter: ({ used: [used] }) => (used === 'yes' ? { used: true } : {}),
  columns: {
    name: { header: 'products.name', required: true, cell: ({ name }) => name },
    maker: { header: 'products.stock', isFor: ({ can }) => can('SYSTEM') },
  },
  empty: { icon: 'i-lucide-tag', title: 'products.empty' },
});

async function openTagsAt(address: string) {
  const sent: Record<string, unknown>[] = [];
  const answer: Answer = {
    tags: {
      nodes: [{ id: 'tag_1', name: 'Gift' }],
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    },
  };
  const client = new Client({
    url: 'http://shop.test/graphql',
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, init) => {
      sent.push((JSON.parse(String(init?.body)) as { variables: Record<string, unknown> }).variables);
      return new Response(JSON.stringify({ data: answer }), {
        headers: { 'content-type': 'application/json' },
      });
    },
  });
  let view:
    | ReturnType<
        typeof useList<
          Answer,
          Record<string, unknown>,
          Answer['tags']['nodes'][number],
          'NAME_ASC' | 'NAME_DESC',
          'used' | 'maker'
        >
      >
    | undefined;
  const Page = defineComponent({
    setup() {
      view = useList(tagList);
      return () => null;
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/tags', name: 'tags', component: Page }],
  });
  await router.push(address);
  mount(Page, { global: { plugins: [i18n, router, [urql, client]] } });
  await flushPromises();
  if (!view) throw new Error('the list was not mounted');
  return { view, sent, address: () => decodeURIComponent(router.currentRoute.value.fullPath) };
}

describe('a list that is described', () => {
  beforeEach(() => {
    i18n.global.locale.value = 'en';
  });

  it('asks the API for what its address says, and shows the rows', async () => {
    const { view, sent } = await openTagsAt('/tags?q=gift&used=yes&sort=NAME_DESC&size=50');

    expect(sent).toEqual([{ first: 50, search: 'gift', filter: { used: true }, sort: 'NAME_DESC' }]);
    expect(view.rows.value).toEqual([{ id: 'tag_1', name: 'Gift' }]);
  });

  it('asks again when a filter is chosen, which its address and its chips then say', async () => {
    const { view, sent, address } = await openTagsAt('/tags');

    view.setFilter('used', ['yes']);
    await flushPromises();

    expect(address()).toBe('/tags?used=yes');
    expect(sent.at(-1)).toMatchObject({ filter: { used: true } });
    expect(view.chips.value.map(({ text }) => text)).toEqual(['Status: Yes']);
  });

  it('leaves out columns and filters that are not for this user', async () => {
    const { view } = await openTagsAt('/tags');

    expect(view.columns.value.map(({ key }) => key)).toEqual(['name']);
    expect(view.fields.value.map(({ key }) => key)).toEqual(['used']);
  });

  it('opens a link with values that it does not know as if they were not there', async () => {
    const { sent } = await openTagsAt('/tags?used=maybe&sort=MOOD&shape=round');

    expect(sent).toEqual([{ first: 25, search: null, filter: {}, sort: 'NAME_ASC' }]);
  });
});
