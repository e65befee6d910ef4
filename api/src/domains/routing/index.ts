export type { AddressKinds } from './address-kinds.js';
export { redirectQuery, RedirectList, type RedirectQuery } from './redirect-list.js';
export { RedirectFilter } from './redirect.input.js';
export { passSlugs, slugsLike, type RedirectRow } from './routing.statements.js';
export { urlChanged } from './routing.events.js';
export type { UrlResolver } from './url-resolver.service.js';
