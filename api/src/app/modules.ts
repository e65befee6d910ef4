import type { DomainModule } from '../platform/module.js';

/** Every domain of the shop. */
export const modules: DomainModule[] = [];
