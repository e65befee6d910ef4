export type { AddressKinds } from './address-kinds.js';
export { passSlugs, slugsLike } from './routing.statements.js';
export { urlChanged } from './routing.events.js';
export type { UrlResolver } from './url-resolver.service.js';
