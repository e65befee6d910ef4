import { Client, fetchExchange, ssrExchange, type Exchange, type SSRExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import type { DocumentNode } from 'graphql';
import { shopCache } from './cache';
import { fetchInTime } from './fetch-in-time';
import { fetchWithDocumentTexts } from './messages/document-texts';
import type { Language } from './messages/language';

export interface ApiConnection {
  url: string;
  language: Language;
  ssr: SSRExchange;
  fetch: typeof fetch;
}

/** One client per page: a shared one would show one buyer's cart to another. */
export function makeClient({ url, language, ssr, fetch }: ApiConnection): Client {
  return new Client({
    url,
    exchanges: [shopCache(), ssr as Exchange, persisted, fetchExchange],
    // Off, or urql sends short queries by GET on its own; the persisted exchange turns it on for those it knows.
    preferGetMethod: false,
    fetch: fetchInTime(fetchWithDocumentTexts(fetch)),
    fetchOptions: {
      credentials: 'same-origin',
      headers: {
        'x-vitrine-client': 'storefront',
        'x-vitrine-urls': 'relative',
        'accept-language': language,
      },
    },
  });
}

export function makeSsrExchange(initialState?: Parameters<typeof ssrExchange>[0]): SSRExchange {
  return ssrExchange(initialState);
}

/** The generated hash of the operation, or null for one that was written by hand. */
export function hashOf(document: DocumentNode): string | null {
  const meta = (document as DocumentNode & { __meta__?: { hash?: string } }).__meta__;
  return meta?.hash ?? null;
}

const persisted = persistedExchange({
  preferGetForPersistedQueries: true,
  generateHash: async (_text, document) => hashOf(document) ?? '',
});
