import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

const newRedirect = (): Answer => ({ fromPath: `/old-${++named}`, toPath: '/search' });

async function redirect({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('redirectCreate', newRedirect(), staff))['redirect'];
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'redirectCreate',
    of: 'a redirect',
    makes: { redirect: 1 },
    prepare: async () => ({ input: newRedirect(), other: { fromPath: `/other-${++named}` } }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'redirectUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await redirect(fixtures);
      const input = { redirectId: id, expectedVersion: version, toPath: `/new-${++named}` };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'redirectDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await redirect(fixtures);
      return { input: { redirectId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: { 'there is none before the mutation makes it': ['redirectCreate.redirect'] },
  nodes: { Redirect: async (fixtures) => (await redirect(fixtures))['id'] },
};
