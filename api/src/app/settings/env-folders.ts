import { resolve } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../kernel/project-root.js';

const folder = (byDefault: string) =>
  z
    .string()
    .min(1, 'write a folder')
    .default(byDefault)
    .transform((path) => resolve(path));

export const folderSettings = {
  DATA_DIR: folder('.data'),
  /** Where the builds of vitrine.config.ts and of the admin lie. */
  BUILD_DIR: folder(PROJECT_ROOT),
};
