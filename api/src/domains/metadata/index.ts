export { metadataChanged } from './metadata.events.js';
export { metadataOwners } from './metadata.module.js';
export type { MetadataOwner } from './metadata-owners.js';
