import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

const newPage = (): Answer => ({ translations: [{ locale: 'RO', name: `Pagina ${++named}` }] });

async function page({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('pageCreate', newPage(), staff))['page'];
}

/** What a page is asked for, with the version that was seen. */
async function seen(fixtures: Fixtures): Promise<{ pageId: string; expectedVersion: number }> {
  const { id: pageId, version: expectedVersion = 1 } = await page(fixtures);
  return { pageId, expectedVersion };
}

async function published(fixtures: Fixtures): Promise<{ pageId: string; expectedVersion: number }> {
  const { pageId, expectedVersion } = await seen(fixtures);
  await fixtures.requests.done('pagePublish', { pageId, expectedVersion }, fixtures.staff);
  return { pageId, expectedVersion: expectedVersion + 1 };
}

async function versionOf({ staff }: Fixtures, id: string): Promise<string> {
  const text = 'query($id: ID!) { staffPage(id: $id) { versions { id } } }';
  return (await staff.ask(text, { id })).staffPage.versions[0].id;
}

const WRONG = { expectedVersion: 77 };
const NO_PAGE = { pageId: 'page_00000000000000000000000000' };

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'pageCreate',
    of: 'a page',
    makes: { page: 1 },
    prepare: async () => ({ input: newPage(), other: newPage() }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'pageUpdate',
    prepare: async (fixtures) => ({ input: { ...(await seen(fixtures)), noindex: true }, wrong: WRONG }),
  },
  {
    mutation: 'pagePublish',
    prepare: async (fixtures) => ({ input: await seen(fixtures), wrong: WRONG }),
  },
  {
    mutation: 'pageUnschedule',
    prepare: async (fixtures) => {
      const { pageId, expectedVersion } = await seen(fixtures);
      const planned = { pageId, expectedVersion, at: '2099-01-01T00:00:00Z' };
      await fixtures.requests.done('pagePublish', planned, fixtures.staff);
      return { input: { pageId, expectedVersion: expectedVersion + 1 }, wrong: WRONG };
    },
  },
  {
    mutation: 'pageRevert',
    prepare: async (fixtures) => {
      const { pageId, expectedVersion } = await published(fixtures);
      const draft = { pageId, expectedVersion, noindex: true };
      await fixtures.requests.done('pageUpdate', draft, fixtures.staff);
      const versionId = await versionOf(fixtures, pageId);
      return { input: { pageId, expectedVersion: expectedVersion + 1, versionId }, wrong: WRONG };
    },
  },
  {
    mutation: 'pagePreviewLink',
    prepare: async (fixtures) => ({ input: { pageId: (await seen(fixtures)).pageId }, wrong: NO_PAGE }),
  },
  {
    mutation: 'pagePreviewRevoke',
    prepare: async (fixtures) => {
      const { pageId } = await seen(fixtures);
      await fixtures.requests.done('pagePreviewLink', { pageId }, fixtures.staff);
      return { input: { pageId }, wrong: NO_PAGE };
    },
  },
  {
    mutation: 'menuUpdate',
    prepare: async (fixtures) => {
      const { version } = await menuOf(fixtures, 'HEADER');
      const entries = [
        {
          key: 'the-search',
          depth: 0,
          kind: 'LINK',
          path: '/search',
          translations: [{ locale: 'RO', label: 'Caută' }],
        },
        { key: 'the-goods', depth: 1, kind: 'CATEGORIES' },
      ];
      return { input: { code: 'HEADER', expectedVersion: version, entries }, wrong: WRONG };
    },
  },
  {
    mutation: 'pageArchive',
    prepare: async (fixtures) => ({ input: { ...(await seen(fixtures)), isArchived: true }, wrong: WRONG }),
  },
];

const menuOf = async ({ staff }: Fixtures, code: string): Promise<Answer> =>
  (await staff.ask('{ staffMenus { id code version } }')).staffMenus.find(
    (menu: Answer) => menu['code'] === code,
  );

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: { 'there is none before the mutation makes it': ['pageCreate.page'] },
  nodes: {
    Page: async (fixtures) => (await page(fixtures))['id'],
    Menu: async (fixtures) => (await menuOf(fixtures, 'FOOTER'))['id'],
  },
};
