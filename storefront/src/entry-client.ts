import './ui/base.css';
import type { SSRData } from '@urql/core';
import { createHead } from '@unhead/vue/client';
import { languageOfPath } from './app/messages/language';
import { makeApp } from './app/create-app';
import { keepEarlyInput } from './app/early/input';
import { clickAgain } from './app/early/clicks';
import { fetchWithRefresh } from './app/token-refresh';
import { makeSsrExchange } from './app/urql';

interface PageState {
  origin: string;
  queries: SSRData;
}

/** Hydrates the server's page with the query results in its state. */
async function takeOver(): Promise<void> {
  const state = JSON.parse(document.getElementById('page-state')?.textContent ?? '{}') as Partial<PageState>;
  const { app, router } = await makeApp({
    apiUrl: '/graphql',
    language: languageOfPath(location.pathname),
    origin: state.origin ?? location.origin,
    head: createHead({ disableDefaults: true } as Parameters<typeof createHead>[0]),
    fetch: fetchWithRefresh((input, init) => fetch(input, init)),
    ssr: makeSsrExchange({ isClient: true, initialState: state.queries }),
  });
  await router.isReady();
  const restoreInput = keepEarlyInput(document);
  app.mount('#app');
  restoreInput();
  await clickAgain();
}

takeOver().catch((failure: unknown) => {
  console.error(failure);
  // LateNote.vue, which the server has sent, says so at once.
  document.documentElement.dataset.code = 'missing';
});
