import { expect, it } from 'vitest';
import { fetchWithDocumentTexts } from './document-texts';

const manifests = import.meta.glob<Record<string, string>>('../../generated/*/persisted-documents.json', {
  import: 'default',
  eager: true,
});

it('sends an operation that the API has not seen yet with the very text that its hash was made of', async () => {
  const operations = Object.values(manifests).flatMap((manifest) => Object.entries(manifest));
  const [sha256Hash, text] = operations[0] ?? [];
  const sent: string[] = [];
  const fetching = fetchWithDocumentTexts(async (_address, init) => {
    sent.push(String(init?.body));
    return new Response('{}');
  });

  const extensions = { persistedQuery: { sha256Hash } };
  await fetching('/graphql', {
    method: 'POST',
    body: JSON.stringify({ query: 'as printed by urql', extensions }),
  });

  expect(operations.length).toBeGreaterThan(20);
  expect(JSON.parse(sent[0] ?? '')).toEqual({ query: text, extensions });
});
