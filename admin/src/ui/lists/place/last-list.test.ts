import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { backTo, keepRows, keepTop, neighboursOf, rememberLists, topOf } from './last-list';

const page = { render: () => null };
const LIST = '/orders?q=popescu&sort=OLDEST&after=abc';

let router: Router;
beforeEach(async () => {
  sessionStorage.clear();
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: page },
      { path: '/orders', name: 'orders', component: page },
      { path: '/products', name: 'products', component: page },
      { path: '/orders/:id', name: 'order', component: page },
    ],
  });
  rememberLists(router);
  await router.push('/');
});

describe('the way back from an order', () => {
  it('leads to the list as it was left, with its search, sort and page', async () => {
    await router.push(LIST);
    await router.push('/orders/ord_1');

    expect(backTo({ name: 'orders' })).toBe(LIST);
  });

  it('leads to the plain list when none was open, and to another list as that one was left', async () => {
    await router.push('/products?q=LL-BOL');
    await router.push('/orders/ord_1');

    expect(backTo({ name: 'orders' })).toEqual({ name: 'orders' });
    expect(backTo({ name: 'products' })).toBe('/products?q=LL-BOL');
    expect(backTo({ name: 'orders', query: { q: 'x' } })).toEqual({ name: 'orders', query: { q: 'x' } });
  });

  it('finds the place in the list again, and only who comes from one of its rows', async () => {
    await router.push(LIST);
    keepTop(LIST, 339);
    await router.push('/orders/ord_1');
    await router.push(LIST);
    expect(topOf(LIST)).toBe(339);

    await router.push('/products');
    await router.push(LIST);
    expect(topOf(LIST)).toBe(0);
  });
});

it('knows the orders before and after one, as they stand in its list', () => {
  keepRows('orders', ['ord_1', 'ord_2', 'ord_3']);

  expect(neighboursOf('orders', 'ord_2')).toEqual({ previous: 'ord_1', next: 'ord_3' });
  expect(neighboursOf('orders', 'ord_1')).toEqual({ next: 'ord_2' });
  expect(neighboursOf('orders', 'ord_9')).toEqual({});
});
