import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { messageFiles, plainWords } from './scripts/plain-words.js';

/*
 * What oxlint cannot read: the templates of components, and files of messages. Everything else, the scripts of components
 * included, is in .oxlintrc.json, which takes a tenth of the time.
 */
export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', '**/dist-next/', '**/generated/', '.data/', '.cache/'] },
  ...vue.configs['flat/recommended'].map((config) => ({ files: ['**/*.vue'], ...config })),
  {
    files: ['**/*.vue'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: { parser: tseslint.parser },
    },
    plugins: { vitrine: { rules: { 'plain-words': plainWords } } },
    rules: {
      'vitrine/plain-words': 'error',
      // The length of a component is in its template.
      'max-lines': ['error', 300],
      // A page is named after what it shows, in one word where one is enough.
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // The fields of a form share one draft, which the page owns.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
    },
  },
  {
    files: ['locales/*/*.json', '{examples,plugins}/*/*/messages/*.json'],
    plugins: { vitrine: { processors: { messages: messageFiles } } },
    processor: 'vitrine/messages',
  },
  {
    files: ['**/*.json/*.js'],
    plugins: { vitrine: { rules: { 'plain-words': plainWords } } },
    rules: { 'vitrine/plain-words': 'error', 'no-dupe-keys': 'error' },
  },
  prettier,
);
