import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { describe, expect, it } from 'vitest';
import { pageVariables, readListState, useListState, writeListState } from './useListState';
import type { ListController } from './useListState';

const spec = {
  sorts: ['NEWEST', 'OLDEST', 'TOTAL_DESC'],
  defaultSort: 'NEWEST',
  filters: ['status', 'from'],
} as const;

type Orders = ListController<'NEWEST' | 'OLDEST' | 'TOTAL_DESC', 'status' | 'from'>;

async function openOrdersAt(address: string): Promise<{ orders: Orders; address: () => string }> {
  let orders: Orders | undefined;
  const Page = defineComponent({
    setup() {
      orders = useListState<'NEWEST' | 'OLDEST' | 'TOTAL_DESC', 'status' | 'from'>(spec);
      return () => null;
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/orders', name: 'orders', component: Page }],
  });
  await router.push(address);
  mount(Page, { global: { plugins: [router] } });
  if (!orders) throw new Error('the list was not mounted');
  return { orders, address: () => decodeURIComponent(router.currentRoute.value.fullPath) };
}

describe('a list and its address', () => {
  it('opens a shared link exactly as it was sent', () => {
    const state = readListState(
      { q: 'cană', sort: 'TOTAL_DESC', size: '50', status: 'PAID,REVIEW', after: 'abc' },
      spec,
    );

    expect(state).toEqual({
      search: 'cană',
      sort: 'TOTAL_DESC',
      size: 50,
      filters: { status: ['PAID', 'REVIEW'], from: [] },
      after: 'abc',
    });
    expect(writeListState(state, spec)).toEqual({
      q: 'cană',
      sort: 'TOTAL_DESC',
      size: '50',
      status: 'PAID,REVIEW',
      after: 'abc',
    });
  });

  it('falls back to the defaults for words it does not know', () => {
    const state = readListState({ sort: 'MOOD', size: '7', color: 'red' }, spec);

    expect(state.sort).toBe('NEWEST');
    expect(state.size).toBe(25);
    expect(writeListState(state, spec)).toEqual({});
  });

  it('pages forward and backward in the words of the API', () => {
    expect(pageVariables({ size: 25 })).toEqual({ first: 25 });
    expect(pageVariables({ size: 25, after: 'a' })).toEqual({ first: 25, after: 'a' });
    expect(pageVariables({ size: 50, before: 'b' })).toEqual({ last: 50, before: 'b' });
  });

  it('goes back to the first page when the filter changes, because the old place no longer exists', async () => {
    const { orders, address } = await openOrdersAt('/orders?status=PAID&after=abc');

    orders.setFilter('status', ['PAID', 'REVIEW']);
    await flushPromises();

    expect(address()).toBe('/orders?status=PAID,REVIEW');
    expect(orders.isFirstPage.value).toBe(true);
  });

  it('keeps search and filters while paging', async () => {
    const { orders, address } = await openOrdersAt('/orders?q=ana&status=PAID');

    orders.goAfter('xyz');
    await flushPromises();

    expect(address()).toBe('/orders?q=ana&status=PAID&after=xyz');
    expect(orders.page.value).toEqual({ first: 25, after: 'xyz' });
  });

  it('clears search and filters together and keeps the order of rows', async () => {
    const { orders, address } = await openOrdersAt('/orders?q=ana&status=PAID&sort=OLDEST');

    orders.clear();
    await flushPromises();

    expect(address()).toBe('/orders?sort=OLDEST');
    expect(orders.isNarrowed.value).toBe(false);
  });
});
