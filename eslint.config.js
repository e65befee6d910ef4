import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { messageFiles, plainWords } from './scripts/plain-words.js';

const TESTS = [
  '**/*.test.ts',
  'api/test/**',
  'packages/*/test/**',
  'packages/testing/**',
  'e2e/**',
  '**/contract.ts',
];
const CONFIGURATION = ['**/*.config.{js,ts}', 'codegen{,.plugins}.ts', '**/.dependency-cruiser.cjs'];

/** Where there is something of Vue: its rules would read every file of the API for it. */
const OF_CLIENTS = [
  '**/*.vue',
  '{admin,storefront,packages/client}/**',
  '{examples,plugins}/*/{admin,storefront}/**',
];

const onlyIn = (name, place) => ({
  name,
  message: `Only ${place} talks to it; everybody else goes through the port.`,
});
const PROVIDERS = [
  onlyIn('stripe', 'integrations/payments/stripe'),
  onlyIn('postmark', 'integrations/mail/postmark'),
  onlyIn('nodemailer', 'integrations/mail/smtp'),
];
const TESTING = {
  group: ['@vitrine/testing', '@vitrine/testing/**', '**/packages/testing/**'],
  message: 'What the shop is tested with is no part of it.',
};
const PUBLISHED = {
  // Whatever leads into a folder of the shop, and each of its packages beside the published part.
  regex:
    '^@vitrine/(?!(api|admin|storefront)/plugin$)|^\\.\\./.*\\b(api|admin|storefront|packages)/(src|server|dist)\\b|/plugin/.',
  message:
    'A plugin uses what is published: @vitrine/api/plugin, @vitrine/admin/plugin, @vitrine/storefront/plugin.',
};
const ENVIRONMENT = {
  object: 'process',
  property: 'env',
  message: 'Settings are read once: in api/src/app/settings/env.ts and storefront/server/settings.ts.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/dist-next/',
      '**/generated/',
      '.data/',
      '.cache/',
      'admin/*.d.ts',
      'storefront/public/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'].map((config) => ({ files: OF_CLIENTS, ...config })),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { globals: { ...globals.node } },
    plugins: { vitrine: { rules: { 'plain-words': plainWords }, processors: { messages: messageFiles } } },
    rules: {
      'vitrine/plain-words': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'A named export is found by its name everywhere.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      // A module adds the names that it declares to a global interface.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'smart'],
      // An error told in a user's words replaces its technical cause on purpose.
      'preserve-caught-error': 'off',
    },
  },
  {
    files: [
      'api/src/**/*.ts',
      'packages/client/src/**/*.ts',
      'storefront/{src,server}/**/*.{ts,vue}',
      'admin/src/**/*.{ts,vue}',
    ],
    rules: {
      'no-restricted-imports': ['error', { paths: PROVIDERS, patterns: [TESTING] }],
      'no-restricted-properties': ['error', ENVIRONMENT],
    },
  },
  {
    files: [
      'api/src/{main,worker,cli}.ts',
      'api/src/app/{settings/env,lifecycle}.ts',
      'storefront/server/{main,settings}.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['api/src/integrations/{payments/stripe,mail/postmark,mail/smtp}/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['{examples,plugins}/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': ['error', { paths: PROVIDERS, patterns: [TESTING, PUBLISHED] }] },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { globals: { ...globals.browser }, parserOptions: { parser: tseslint.parser } },
    rules: {
      'no-restricted-syntax': 'off',
      'no-undef': 'off',
      // A page is named after what it shows, in one word where one is enough.
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // The fields of a form share one draft, which the page owns.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
      // The length of a component is in its template.
      'max-lines-per-function': 'off',
    },
  },
  {
    files: [
      ...['storefront/src/**/*.ts', 'admin/src/**/*.ts', 'packages/client/src/**/*.ts'],
      '{examples,plugins}/*/{admin,storefront}/**/*.ts',
    ],
    languageOptions: { globals: { ...globals.browser } },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    // Lists by nature: long, and read from top to bottom.
    files: [
      ...TESTS,
      'api/src/platform/database/migrations/**',
      '**/seed/**',
      '**/seeds/**',
      '**/locales/**',
      'api/bench/**',
      'demo/**',
      'scripts/**',
    ],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', 'max-params': 'off' },
  },
  {
    files: ['locales/*/*.json', '{examples,plugins}/*/*/messages/*.json'],
    processor: 'vitrine/messages',
  },
  {
    // Migrations that ran keep the names they ran under; the demo draws paper and colours.
    files: ['api/src/platform/database/migrations/**', 'demo/**'],
    rules: { 'vitrine/plain-words': 'off' },
  },
  {
    files: [...TESTS, ...CONFIGURATION, 'scripts/**'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
    },
  },
  // A composable is a file's worth of small functions around one state.
  { files: ['{storefront,admin}/src/**/use*.ts'], rules: { 'max-lines-per-function': ['error', 100] } },
  {
    files: ['**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-empty-object-type': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
