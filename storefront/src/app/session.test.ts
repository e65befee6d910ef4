import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSession, rememberSignedIn, type Session } from './session';
import { withShop, type Answer } from './testing';

const ANA = { __typename: 'User', id: 'u1', firstName: 'Ana', lastName: 'Pop', email: 'ana@example.com' };

/** A page whose questions after the customer are answered by these, one after the other. */
async function opened(answers: readonly Answer[]): Promise<{ session: Session; questions: number }> {
  const left = [...answers];
  const { result, asked } = withShop(() => left.shift() ?? new Error('Nobody answers'), makeSession);
  const loading = result.load();
  await vi.runAllTimersAsync();
  await loading;
  return { session: result, questions: asked.length };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  rememberSignedIn(false);
});

describe('a customer whose network is away for a moment', () => {
  it('is still signed in when it is back', async () => {
    rememberSignedIn(true);

    const { session } = await opened([new Error('no network'), { data: { me: ANA } }]);

    expect(session.customer.value).toMatchObject({ firstName: 'Ana' });
  });

  it('may buy as a guest when it stays away, and is asked for again by the next page', async () => {
    rememberSignedIn(true);
    expect((await opened([])).session.customer.value).toBeNull();

    expect((await opened([{ data: { me: ANA } }])).session.customer.value).toMatchObject({
      firstName: 'Ana',
    });
  });
});

it('a visitor who never signed in waits for nothing', async () => {
  const { session, questions } = await opened([]);

  expect(session.customer.value).toBeNull();
  expect(questions).toBe(1);
});
