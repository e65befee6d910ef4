import { pluginParts } from 'virtual:plugin-parts';

type Fetch = typeof fetch;
type Manifest = Record<string, string>;

const manifests = import.meta.glob<Manifest>('../../generated/*/persisted-documents.json', {
  import: 'default',
});

/** Those of the shop, and those of the plugins. */
const loaders = [...Object.values(manifests), ...pluginParts.flatMap(({ texts }) => texts ?? [])];

interface Parameters {
  query?: string;
  extensions?: { persistedQuery?: { sha256Hash: string; miss?: boolean } };
}

/**
 * A fetch that registers an operation with the API on first use.
 *
 * Operations are sent by the hash of the text in the generated manifest. When the API does not know the hash, urql
 * repeats the request with a text that it prints itself, which has another hash and would be refused. It is replaced
 * by the manifest's text, which is loaded only then.
 */
export function fetchWithDocumentTexts(plainFetch: Fetch): Fetch {
  return async (input, init) => {
    const address = String(input);
    if (init?.method === 'POST' && typeof init.body === 'string') {
      return plainFetch(input, {
        ...init,
        body: JSON.stringify(await withText(JSON.parse(init.body) as Parameters)),
      });
    }
    if (!address.includes('query=')) return plainFetch(input, init);
    return plainFetch(await addressWithText(address), init);
  };
}

async function addressWithText(address: string): Promise<string> {
  const [path = '', search] = address.split('?');
  const sent = new URLSearchParams(search);
  const extensions = JSON.parse(sent.get('extensions') ?? '{}') as Parameters['extensions'];
  const { query } = await withText({ query: sent.get('query') ?? undefined, extensions });
  if (query) sent.set('query', query);
  return `${path}?${sent}`;
}

async function withText(parameters: Parameters): Promise<Parameters> {
  const asked = parameters.extensions?.persistedQuery;
  if (!parameters.query || !asked) return parameters;
  for (const load of loaders) {
    const text = (await load())[asked.sha256Hash];
    if (text) return { ...parameters, query: text };
  }
  return parameters;
}
