import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';
import { sentImage } from '../sent-image.js';

const sent = (fixtures: Fixtures): Promise<string> => sentImage(fixtures, 'mediaUploadCreate');

async function file(fixtures: Fixtures): Promise<Answer> {
  const input = { uploadId: await sent(fixtures) };
  return (await fixtures.requests.done('mediaCreate', input, fixtures.staff))['media'];
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'mediaCreate',
    of: 'a file',
    makes: { media: 1 },
    prepare: async (fixtures) => ({
      input: { uploadId: await sent(fixtures) },
      other: { uploadId: await sent(fixtures) },
    }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'mediaUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await file(fixtures);
      const input = { mediaId: id, expectedVersion: version, tags: ['market'] };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'mediaReplace',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await file(fixtures);
      const input = { mediaId: id, expectedVersion: version, uploadId: await sent(fixtures) };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'mediaDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await file(fixtures);
      return { input: { mediaId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: {
    'there is none before the mutation makes it': ['mediaCreate.media', 'mediaUploadCreate.upload'],
    'it refuses nothing but what names nothing': ['mediaRetry.media', 'mediaRestore.media'],
  },
  nodes: { Media: async (fixtures) => (await file(fixtures))['id'] },
};
