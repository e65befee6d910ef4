import { LANGUAGES } from '@vitrine/client/languages';
import { loadMessages } from './i18n';

// Tests look at any language at once; the admin fetches the chosen one.
await Promise.all(LANGUAGES.map(loadMessages));
