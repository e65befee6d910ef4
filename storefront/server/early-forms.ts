import type { Target } from './target';

const secretName = /password|parola/i;

/**
 * The redirect target of a form that was submitted before its page's scripts were ready: the page itself, without the
 * submitted values. Also for addresses that contain a password, which would stay in histories and logs. Null for every
 * other request.
 */
export function pageInstead(method: string | undefined, { pathname, search }: Target): string | null {
  const kept = new URLSearchParams(search);
  const secrets = [...kept.keys()].filter((name) => secretName.test(name));
  if (method !== 'POST' && secrets.length === 0) return null;
  for (const name of secrets) kept.delete(name);
  // A path that begins with two slashes would name another host.
  const path = pathname.replace(/^\/+/, '/');
  return kept.size > 0 ? `${path}?${kept.toString()}` : path;
}
