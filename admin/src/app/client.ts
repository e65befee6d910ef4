import type { Client } from '@urql/core';
import { shallowRef } from 'vue';
import { currentLanguage } from './i18n';
import { makeClient } from './urql';

let sessionLost: () => void = () => undefined;

const build = (): Client =>
  makeClient({ url: '/graphql', language: currentLanguage(), onSessionLost: () => sessionLost() });

/** The current client. It is replaced when the language or the user changes, so that no cached response outlives either. */
export const client = shallowRef<Client>(build());

export function renewClient(): Client {
  client.value = build();
  return client.value;
}

export function whenSessionLost(react: () => void): void {
  sessionLost = react;
}
