import { Client, fetchExchange } from '@urql/core';
import { expect, it } from 'vitest';
import { ProfileUpdateDocument } from '../generated/account/graphql';
import { shopCache } from './cache';

it('keeps what an error says, whatever type of error it is', async () => {
  const errors = ['GenericError', 'StaleVersionError'].map((__typename) => ({
    ...{ __typename, code: 'INVALID_INPUT', message: 'Write a name.', path: ['firstName'] },
  }));
  const data = { profileUpdate: { __typename: 'UserPayload', user: null, errors } };
  const client = new Client({
    url: 'http://shop.test/graphql',
    exchanges: [shopCache(), fetchExchange],
    preferGetMethod: false,
    fetch: async () =>
      new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } }),
  });

  const result = await client.mutation(ProfileUpdateDocument, { input: {} as never }).toPromise();

  expect(result.data?.profileUpdate.errors).toMatchObject([
    { code: 'INVALID_INPUT', message: 'Write a name.', path: ['firstName'] },
    { code: 'INVALID_INPUT', message: 'Write a name.', path: ['firstName'] },
  ]);
});
