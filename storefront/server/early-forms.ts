import type { Target } from './target';

const secretName = /password|parola/i;

/**
 * Where a form belongs that was sent before its page was ready to take it: back to the page, with nothing of what was
 * typed. Also for addresses that carry a password, whoever made them: they would stay in histories and logs. Null for
 * every other request.
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
