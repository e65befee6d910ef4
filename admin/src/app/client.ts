import type { Client } from '@urql/core';
import { shallowRef } from 'vue';
import { currentLanguage } from './i18n';
import { makeClient } from './urql';

let sessionLost: () => void = () => undefined;

const build = (): Client =>
  makeClient({ url: '/graphql', language: currentLanguage(), onSessionLost: () => sessionLost() });

/** The client of now. It is replaced, not emptied, when the language or the person changes: no answer may outlive either. */
export const client = shallowRef<Client>(build());

export function renewClient(): Client {
  client.value = build();
  return client.value;
}

export function whenSessionLost(react: () => void): void {
  sessionLost = react;
}
