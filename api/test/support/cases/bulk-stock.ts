import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { DomainCases } from '../domain-cases.js';
import { endOpenJobs } from '../keyed-lists.js';

export const cases: DomainCases = {
  keyed: [
    {
      mutation: 'stockBulkAdjust',
      of: 'the stock of nothing that there is',
      makes: { long_job: 1 },
      prepare: async (fixtures) => {
        await endOpenJobs(fixtures);
        const { places } = fixtures;
        const input = (quantity: number): Answer => ({
          ...{ filter: { ids: ['of_nothing'] }, locationId: places[0], mode: 'ADD', quantity },
          reason: 'delivery',
        });
        return { input: input(1), other: input(2) };
      },
    },
  ],
  absent: { 'there is none before the mutation makes it': ['stockBulkAdjust.job'] },
};
