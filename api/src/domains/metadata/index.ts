export { metadataChanged } from './metadata.events.js';
export { metadataOwners, type MetadataOwner } from './metadata-owners.js';
