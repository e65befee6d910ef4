export { metadataChanged } from './metadata.events.js';
