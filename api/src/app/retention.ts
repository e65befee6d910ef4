import { INBOX_TABLES } from '../integrations/mail/inbox/old-dev-mails.js';
import { TEST_PROVIDER_TABLES } from '../integrations/payments/sandbox/test-tables.js';
import { PLATFORM_TABLES } from '../platform/jobs/old-rows.js';
import type { AnyModule } from '../platform/module.js';
import { modules } from './modules.js';

/**
 * How long the rows of each table are kept, declared by its module, the platform or an adapter; a test lists tables
 * without a declaration.
 */
export const RETENTION: ReadonlyMap<string, string> = new Map([
  ...modules.flatMap((module: AnyModule) => Object.entries(module.tables)),
  ...Object.entries({ ...PLATFORM_TABLES, ...INBOX_TABLES, ...TEST_PROVIDER_TABLES }),
]);
