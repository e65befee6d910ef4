import { expect, it } from 'vitest';
import { withShop, type Answer } from '../app/testing';
import { useCancelOrder } from './useCancelOrder';

function answer(errors: object[] = []): Answer {
  return {
    data: {
      orderCancelByCustomer: { __typename: 'OrderPayload', order: null, errors },
    },
  };
}

function cancelling(...answers: Answer[]) {
  const { result, asked } = withShop(
    () => answers.shift() ?? new Error('no answer left'),
    () => useCancelOrder({ orderToken: 'tok' }),
  );
  const keys = (): unknown[] =>
    asked.map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey);
  return { ...result, asked, keys };
}

it('cancels the order that the page is about, with the reason', async () => {
  const { cancel, asked } = cancelling(answer());

  expect(await cancel('  Am găsit altceva ')).toBe(true);
  expect(asked[0]?.variables.input).toMatchObject({ orderToken: 'tok', reason: 'Am găsit altceva' });
});

it('asks with the same key again when nobody knows whether the first press worked', async () => {
  const { cancel, problems, keys } = cancelling(new Error('the line broke'), answer());

  expect(await cancel('')).toBe(false);
  expect(problems.value).toHaveLength(1);
  expect(await cancel('')).toBe(true);

  expect(new Set(keys()).size).toBe(1);
});

it('says in words why the order stays, and takes a new key for another try', async () => {
  const { cancel, problems, keys } = cancelling(
    answer([{ __typename: 'GenericError', code: 'ALREADY_SHIPPED', message: 'x' }]),
    answer(),
  );

  expect(await cancel('')).toBe(false);
  expect(problems.value[0]).toContain('Coletul a plecat');
  await cancel('');

  expect(new Set(keys()).size).toBe(2);
});
