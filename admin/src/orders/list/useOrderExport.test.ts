import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { i18n } from '../../app/i18n';
import { useOrderExport } from './useOrderExport';

type State = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';

/** Scripted responses of an export job; `null` is a lost response. */
function worker(looks: (State | null)[]) {
  let asked = 0;
  const requestedLines: unknown[] = [];
  const file = (status: State) => ({
    __typename: 'OrderExport',
    id: 'export_1',
    status,
    rows: status === 'DONE' ? 42 : 7,
    url: status === 'DONE' ? 'https://shop.test/orders.csv' : null,
    expiresAt: null,
  });
  const answer = (body: { query: string; variables: { input?: unknown } }): unknown => {
    if (body.query.includes('OrderExportCreate(')) {
      requestedLines.push(body.variables.input);
      return {
        orderExportCreate: { __typename: 'OrderExportPayload', export: file('QUEUED'), errors: [] },
      };
    }
    const status = looks[asked++];
    if (!status) throw new TypeError('the line is dead');
    return { orderExport: file(status) };
  };
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const data = answer(JSON.parse(String(init?.body)) as Parameters<typeof answer>[0]);
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({
    url: 'http://shop.test/graphql',
    fetch,
    preferGetMethod: false,
    exchanges: [fetchExchange],
  });
  let file_: ReturnType<typeof useOrderExport> | undefined;
  const page = mount(
    defineComponent({
      setup() {
        file_ = useOrderExport();
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!file_) throw new Error('not mounted');
  return { file: file_, requestedLines, looks: () => asked, leave: () => page.unmount() };
}

const aSecond = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1100);

describe('orders as a file', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    i18n.global.locale.value = 'en';
  });
  afterEach(() => void vi.useRealTimers());

  it('holds what the list was narrowed to, and gives a link when it is written', async () => {
    const { file, requestedLines } = worker(['RUNNING', 'DONE']);

    await file.start({ statuses: ['PAID'] }, 'ana');
    expect(requestedLines[0]).toMatchObject({ filter: { statuses: ['PAID'] }, search: 'ana' });
    expect(file.isWorking.value).toBe(true);
    await aSecond();
    expect([file.rows.value, file.url.value]).toEqual([7, null]);
    await aSecond();

    expect(file.isWorking.value).toBe(false);
    expect([file.rows.value, file.url.value]).toEqual([42, 'https://shop.test/orders.csv']);
  });

  it('is waited for although one look got lost on the way', async () => {
    const { file } = worker([null, 'DONE']);

    await file.start({}, '');
    await aSecond();
    expect(file.isWorking.value).toBe(true);
    await aSecond();

    expect(file.url.value).not.toBeNull();
  });

  it('says when it could not be written', async () => {
    const { file } = worker(['FAILED']);

    await file.start({}, '');
    await aSecond();

    expect([file.hasFailed.value, file.isWorking.value]).toEqual([true, false]);
  });

  it('is no longer looked for once the page is left', async () => {
    const { file, looks, leave } = worker(['RUNNING', 'RUNNING', 'RUNNING']);

    await file.start({}, '');
    leave();
    await aSecond();
    await aSecond();

    expect(looks()).toBe(0);
  });
});
