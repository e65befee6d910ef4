export { slugIn, type AddressKinds } from './address-kinds.js';
export { asUrl, inLanguage, isReserved, normalPath } from './paths.js';
export { UrlAlternate } from './url.type.js';
export { redirectQuery, RedirectList, type RedirectQuery } from './redirect-list.js';
export { RedirectFilter } from './redirect.input.js';
export { passSlugs, slugsLike, writeSlug, type RedirectRow } from './routing.statements.js';
export { urlChanged } from './routing.events.js';
export type { UrlResolver } from './url-resolver.service.js';
