import { PLAIN_IMPORTS } from './imports/import-cases.js';
import type { PlainCase } from './plain-cases.js';

/** Long jobs, and imports, whose work is done by some. */
export const JOBS: readonly PlainCase[] = [
  {
    mutation: 'emailCancel',
    // One that was sent does not wait.
    prepare: async (fixtures) => ({
      input: { emailId: await fixtures.mail('SCHEDULED') },
      wrong: { emailId: await fixtures.mail() },
    }),
  },
  {
    mutation: 'jobCancel',
    prepare: async (fixtures) => {
      const started = async (search: string): Promise<{ jobId: string }> => ({
        jobId: (await fixtures.done('orderExportCreate', { search }))['job'].id,
      });
      // The second one has ended, so nothing is left to cancel.
      const [input, wrong] = [await started('to cancel'), await started('cancelled before')];
      await fixtures.requests.done('jobCancel', wrong, fixtures.staff);
      return { input, wrong };
    },
  },
  ...PLAIN_IMPORTS,
];
