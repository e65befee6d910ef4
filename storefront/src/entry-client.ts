import './ui/base.css';
import type { SSRData } from '@urql/core';
import { createHead } from '@unhead/vue/client';
import type { Messages } from './app/messages/i18n';
import { languageOfPath, learnLanguages, type SpokenLanguages } from './app/messages/language';
import { makeApp } from './app/create-app';
import { keepEarlyInput } from './app/early/input';
import { clickAgain } from './app/early/clicks';
import { fetchWithRefresh } from './app/token-refresh';
import { makeSsrExchange } from './app/urql';

interface PageState {
  origin: string;
  queries: SSRData;
  spoken: SpokenLanguages;
  /** The file of the words that staff of the shop wrote; null where there are none. */
  words: string | null;
}

/** Hydrates the server's page with the query results in its state. */
async function takeOver(): Promise<void> {
  const state = JSON.parse(document.getElementById('page-state')?.textContent ?? '{}') as Partial<PageState>;
  if (state.spoken) learnLanguages(state.spoken);
  const { app, router } = await makeApp({
    apiUrl: '/graphql',
    language: languageOfPath(location.pathname),
    origin: state.origin ?? location.origin,
    head: createHead({ disableDefaults: true } as Parameters<typeof createHead>[0]),
    fetch: fetchWithRefresh((input, init) => fetch(input, init)),
    ssr: makeSsrExchange({ isClient: true, initialState: state.queries }),
    words: state.words ? await wordsAt(state.words) : null,
  });
  await router.isReady();
  const restoreInput = keepEarlyInput(document);
  app.mount('#app');
  restoreInput();
  await clickAgain();
}

/** Without them the page is in the words of the storefront, which is better than no page. */
async function wordsAt(file: string): Promise<Messages | null> {
  try {
    const answer = await fetch(file);
    return answer.ok ? ((await answer.json()) as Messages) : null;
  } catch {
    return null;
  }
}

takeOver().catch((failure: unknown) => {
  console.error(failure);
  // LateNote.vue, which the server has sent, says so at once.
  document.documentElement.dataset.code = 'missing';
});
