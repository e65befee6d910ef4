import type { Router } from 'vue-router';

/**
 * The path of one of the shop's own pages that was asked for in another spelling: `/Cart` and `//cart` are `/cart`. Null
 * for any other path: what is in the address of a product or category the API knows, and a token keeps its capitals.
 */
export function oneSpelling(path: string, router: Router): string | null {
  const plain = `/${path.toLowerCase().split('/').filter(Boolean).join('/')}`;
  if (plain === path) return null;
  const { name, params } = router.resolve(plain);
  const isWithoutToken = Object.keys(params).every((param) => param === 'lang');
  return name !== 'missing' && isWithoutToken ? plain : null;
}
