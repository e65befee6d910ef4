import { expect, it } from 'vitest';
import { withShop, type Answer } from '../../app/testing';
import { useReturnRequest, type RequestedReturn } from './useReturns';

const requested: RequestedReturn = {
  lines: [{ orderLineId: 'l1', quantity: 1 }],
  reason: 'DAMAGED',
  resolution: 'REFUND',
  comment: null,
  photoIds: ['p1'],
};

function answer(errors: object[] = []): Answer {
  return { data: { returnRequest: { __typename: 'ReturnPayload', return: null, order: null, errors } } };
}

function requests(...answers: Answer[]) {
  const { result, asked } = withShop(
    () => answers.shift() ?? new Error('no answer left'),
    () => useReturnRequest({ orderId: 'ord_1' }),
  );
  const sent = (): { idempotencyKey: string }[] =>
    asked.map(({ variables }) => variables.input as { idempotencyKey: string });
  return { ...result, sent };
}

it('asks for what was chosen, of the order that the page is about', async () => {
  const { request, sent } = requests(answer());

  expect(await request(requested)).toBe(true);
  expect(sent()[0]).toMatchObject({ orderId: 'ord_1', ...requested });
});

it('sends the same request with the same key after a lost answer, and a changed one with another', async () => {
  const { request, sent } = requests(new Error('the line broke'), new Error('again'), answer());

  await request(requested);
  await request(requested);
  await request({ ...requested, reason: 'OTHER' });

  const [first, second, third] = sent();
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  expect(third?.idempotencyKey).not.toBe(first?.idempotencyKey);
});

it('says in words that the time to return has passed', async () => {
  const { request, problems } = requests(
    answer([{ __typename: 'GenericError', code: 'RETURN_WINDOW_CLOSED', message: 'x', path: null }]),
  );

  expect(await request(requested)).toBe(false);
  expect(problems.value).toEqual(['Timpul pentru retur a trecut.']);
});
