import { join } from 'node:path';

/** The project's folder, from the source and from the build alike. Whoever reads a file beside the code starts here. */
export const PROJECT_ROOT = join(import.meta.dirname, '../../..');
