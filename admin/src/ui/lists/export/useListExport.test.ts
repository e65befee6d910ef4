import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { i18n } from '../../../app/i18n';
import { useFollowedJobs } from '../../../jobs/followed-jobs';
import { orderList } from '../../../orders/list/order-list';
import type { ListExport } from './list-export';
import { useListExport } from './useListExport';

/** An API that answers each request as it is told; `null` is an answer that got lost. */
function shopThatAnswers(answers: (object | null)[]) {
  const inputs: { idempotencyKey: string; filter: object; search: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { variables } = JSON.parse(String(init?.body)) as { variables: { input: (typeof inputs)[number] } };
    inputs.push(variables.input);
    const answer = answers.shift();
    if (!answer) throw new TypeError('the line is dead');
    const data = { orderExportCreate: { __typename: 'JobPayload', job: null, errors: [], ...answer } };
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({
    url: 'http://shop.test/graphql',
    fetch,
    preferGetMethod: false,
    exchanges: [fetchExchange],
  });
  let made: ReturnType<typeof useListExport> | undefined;
  mount(
    defineComponent({
      setup() {
        made = useListExport(orderList.exports as ListExport);
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!made) throw new Error('not mounted');
  return { ...made, inputs };
}

const STARTED = { job: { __typename: 'Job', id: 'job_1', status: 'QUEUED', done: 0, total: null } };

describe('a list as a file', () => {
  const { jobs, chosen, forget } = useFollowedJobs();
  beforeEach(() => {
    i18n.global.locale.value = 'en';
    jobs.value.forEach(({ id }) => forget(id));
  });

  it('holds what the list was narrowed to, and is followed from page to page', async () => {
    const { start, inputs } = shopThatAnswers([STARTED]);

    await start({ filter: { statuses: ['PAID'] }, search: 'ana' });

    expect(inputs[0]).toMatchObject({ filter: { statuses: ['PAID'] }, search: 'ana' });
    expect(chosen.value?.id).toBe('job_1');
  });

  it('can hold what is shown: its columns in its order', async () => {
    const { start, columnsOf, inputs } = shopThatAnswers([STARTED]);

    const shown = [{ key: 'total' }, { key: 'customer' }, { key: 'of a plugin' }];
    await start({ sort: 'TOTAL_DESC', columns: columnsOf(shown) });

    expect(inputs[0]).toMatchObject({
      sort: 'TOTAL_DESC',
      columns: ['TOTAL', 'CURRENCY', 'FIRST_NAME', 'LAST_NAME', 'EMAIL'],
    });
  });

  it('is asked for once, although the first answer got lost', async () => {
    const { start, inputs, problem } = shopThatAnswers([null, STARTED, STARTED]);

    await start({});
    expect(problem.value).not.toBe('');
    await start({});
    await start({});

    const [first, repeat, later] = inputs.map(({ idempotencyKey }) => idempotencyKey);
    expect(repeat).toBe(first);
    expect(later).not.toBe(first);
  });

  it('says why it was refused', async () => {
    const { start, problem } = shopThatAnswers([
      { errors: [{ __typename: 'GenericError', code: 'INVALID_INPUT', message: '', path: null }] },
    ]);

    await start({ search: 'x'.repeat(200) });

    expect(problem.value).not.toBe('');
    expect(jobs.value).toEqual([]);
  });
});
