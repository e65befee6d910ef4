import type { Tools } from './useTools';

/** The tools of a Romanian shop that offers two of three languages; messages are their keys. Only for tests. */
export const testTools: Tools = {
  t: (key) => key,
  n: String,
  locale: 'ro',
  currency: 'RON',
  contentLanguages: ['RO', 'EN', 'FR'],
  shopLanguages: ['RO', 'EN'],
  buyerLanguages: ['RO', 'EN'],
  defaultLanguage: 'RO',
  can: () => true,
};
