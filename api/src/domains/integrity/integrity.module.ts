import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { DomainModule } from '../../platform/module.js';
import { auditBooks } from './audit.job.js';
import { IntegrityCheckEntity } from './integrity-check.entity.js';
import { IntegrityResolver } from './integrity.resolver.js';
import { IntegrityService } from './integrity.service.js';

export const integrityModule: DomainModule = {
  entities: [IntegrityCheckEntity],
  resolvers: [IntegrityResolver],
};

/** Builds the audit of the books: SQL over every table, no other domain's code. */
export function createIntegrity(deps: { database: Database; outbox: Outbox; logger: Logger }): {
  resolvers: object[];
  jobs: HandledJob[];
  integrity: IntegrityService;
} {
  const integrity = new IntegrityService(deps);
  return { integrity, resolvers: [new IntegrityResolver(integrity)], jobs: [auditBooks(integrity)] };
}
