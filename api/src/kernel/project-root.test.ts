import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from './project-root.js';

it.each(['admin/package.json', 'locales/languages.json', 'api/fonts'])(
  'is the folder in which the API finds %s',
  (path) => expect(existsSync(join(PROJECT_ROOT, path))).toBe(true),
);
