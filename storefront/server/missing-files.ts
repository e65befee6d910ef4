import { stringifyDocument } from '@urql/core';
import { UrlResolveDocument, type UrlResolveQuery } from '../src/generated/urls/graphql';
import { NO_PAGE } from './early-answers';
import { ask } from './machine-pages';
import type { CachedPage } from './page-cache';
import { movedPage } from './page-renderer';
import type { Settings } from './settings';

/** Pages of other shop systems end in .html: they are drawn as any other page that is missing. */
const FILE = /\.(?!html?$)[a-z0-9]{2,5}$/i;

export const isFile = (path: string): boolean => FILE.test(path);

/**
 * The answer to a file that is not there, such as a page of another shop system (`/catalog.php`) or a price list: where a
 * redirect of the shop leads, that it is gone for good, or a 404 without a page. The shop's own files have no redirects.
 */
export async function missingFile(
  { apiUrl, pageCacheSeconds: cacheSeconds }: Pick<Settings, 'apiUrl' | 'pageCacheSeconds'>,
  path: string,
): Promise<CachedPage> {
  if (path.startsWith('/assets/')) return plain(404, 'Not found', false);
  try {
    const variables = { path };
    const { urlResolve } = await ask<UrlResolveQuery>(
      apiUrl,
      stringifyDocument(UrlResolveDocument),
      variables,
    );
    if (urlResolve?.redirectTo)
      return movedPage({ status: urlResolve.code, to: urlResolve.redirectTo }, NO_PAGE, cacheSeconds);
    return urlResolve?.found === 'GONE' ? plain(410, 'Gone', true) : plain(404, 'Not found', true);
  } catch {
    return plain(404, 'Not found', false);
  }
}

function plain(status: number, body: string, mayBeKept: boolean): CachedPage {
  const headers = { ...NO_PAGE, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body, mayBeKept };
}
