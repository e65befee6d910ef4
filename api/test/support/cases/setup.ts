import type { DomainCases } from '../domain-cases.js';

export const cases: DomainCases = {
  limits: { setupComplete: ['links, by network'] },
};
