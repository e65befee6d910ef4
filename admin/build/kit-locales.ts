import type { Plugin } from 'vite';
import languages from '../../locales/languages.json';

const ID = 'virtual:kit-locales';

/** The kit's own texts in the languages of the shop, by their codes; English where the kit has none. */
export function kitLocales(): Plugin {
  return {
    name: 'kit-locales',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const members = languages.map(({ code }) => `${code}: kit.${code} ?? kit.en`);
      return `import * as kit from '@nuxt/ui/locale';\nexport const kitLocales = { ${members.join(', ')} };`;
    },
  };
}
