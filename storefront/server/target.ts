/** What a request asks for, once its address has been resolved. */
export interface Target {
  pathname: string;
  /** With its question mark; empty without one. */
  search: string;
}

const passedOnWhole = new Set(['/graphql']);
const passedOnBelow = ['/media/', '/uploads/', '/documents/'];

/**
 * Reads the address of a request line. Null for what no browser sends: another host, control characters, backslashes,
 * and dot segments in any spelling. A browser resolves those itself, so whoever sends one is after something that lies
 * beside the paths we pass on.
 */
export function readTarget(line: string | undefined): Target | null {
  const raw = line ?? '';
  if (!raw.startsWith('/') || hasControls(raw)) return null;
  const [rawPath = ''] = raw.split(/[?#]/);
  if (rawPath.includes('\\') || hasDotSegment(rawPath)) return null;
  // Put behind a host, or "//evil.example/graphql" would be read as another host's address.
  const url = URL.parse(`http://shop.invalid${raw}`);
  return url && url.host === 'shop.invalid' ? { pathname: url.pathname, search: url.search } : null;
}

function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u0020\u007f]/.test(text);
}

/** Looks behind every layer of percent signs: which of them the next reader takes off is not ours to guess. */
function hasDotSegment(path: string): boolean {
  let text = path;
  for (;;) {
    if (text.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')) return true;
    const decoded = text.replace(/%(2e|2f|5c|25)/gi, (code) => decodeURIComponent(code));
    if (decoded === text) return false;
    text = decoded;
  }
}

/** Paths which belong to the API and are passed on to it, so that its cookies are ours and no CORS is needed. */
export function belongsToApi(pathname: string): boolean {
  return passedOnWhole.has(pathname) || passedOnBelow.some((start) => pathname.startsWith(start));
}
