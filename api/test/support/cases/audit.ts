import type { DomainCases } from '../domain-cases.js';

/** The entry that signing in has left. */
export const cases: DomainCases = {
  nodes: {
    AuditEntry: async ({ staff }) =>
      (await staff.ask('{ auditLog(first: 1) { nodes { id } } }'))['auditLog'].nodes[0].id,
  },
};
