import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { PlainCase } from '../plain-cases.js';

const NEW_VIEW = { list: 'orders', name: 'Plain', address: 'status=PAID', isShared: false };

/** A view of one's own of the list of orders. */
async function keptView(fixtures: Fixtures): Promise<Answer> {
  return (await fixtures.requests.done('savedViewCreate', NEW_VIEW, fixtures.staff))['view'];
}

/** Views of lists of the admin. */
const VIEWS: readonly PlainCase[] = [
  { mutation: 'savedViewCreate', prepare: async () => ({ input: NEW_VIEW, wrong: { name: ' ' } }) },
  {
    mutation: 'savedViewUpdate',
    prepare: async (fixtures) => {
      const { id } = await keptView(fixtures);
      return { input: { viewId: id, name: 'Other', expectedVersion: 0 }, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'savedViewDelete',
    prepare: async (fixtures) => ({
      input: { viewId: (await keptView(fixtures)).id },
      wrong: { viewId: 'nonsense' },
    }),
  },
  {
    mutation: 'savedViewReorder',
    prepare: async () => ({
      input: { list: 'orders', isShared: false, viewIds: [] },
      wrong: { list: 'No list' },
    }),
  },
  {
    mutation: 'savedViewDefaultSet',
    prepare: async (fixtures) => ({
      input: { list: 'orders', viewId: (await keptView(fixtures)).id },
      wrong: { viewId: 'nonsense' },
    }),
  },
];

export const cases: DomainCases = {
  plain: VIEWS,
  nodes: { SavedView: async (fixtures) => (await keptView(fixtures))['id'] },
  absent: { 'there is none before the mutation makes it': ['savedViewCreate.view'] },
};
