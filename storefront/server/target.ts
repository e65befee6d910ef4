/** The validated target of a request. */
export interface Target {
  pathname: string;
  /** With its question mark; empty without a query. */
  search: string;
}

const passedOnWhole = new Set(['/graphql']);
const passedOnBelow = ['/media/', '/uploads/', '/documents/'];

/**
 * Reads the address of a request line. Null for what no browser sends: another host, control characters, backslashes,
 * NUL also when it is encoded, since no text of the API may contain one, and dot segments in any spelling. Browsers resolve those themselves, so such a request tries to reach a path outside
 * the forwarded ones.
 */
export function readTarget(line: string | undefined): Target | null {
  const raw = line ?? '';
  if (!raw.startsWith('/') || hasControls(raw) || raw.includes('%00')) return null;
  const [rawPath = ''] = raw.split(/[?#]/);
  if (rawPath.includes('\\') || hasDotSegment(rawPath)) return null;
  // Appended to a host, because "//evil.example/graphql" would be read as another host's address.
  const url = URL.parse(`http://shop.invalid${raw}`);
  return url && url.host === 'shop.invalid' ? { pathname: url.pathname, search: url.search } : null;
}

function hasControls(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u0020\u007f]/.test(text);
}

/**
 * Decodes every layer of percent encoding, because it is unknown how many the next reader decodes. In one pass over all
 * layers: a path of fifteen kilobytes may have seven thousand.
 */
function hasDotSegment(path: string): boolean {
  const text = path.replace(/%(?:25)+/g, '%').replace(/%(2e|2f|5c)/gi, (code) => decodeURIComponent(code));
  return text.split(/[/\\]/).some((segment) => segment === '.' || segment === '..');
}

/** Paths that are forwarded to the API, so that its cookies are first-party and no CORS is needed. */
export function belongsToApi(pathname: string): boolean {
  return passedOnWhole.has(pathname) || passedOnBelow.some((start) => pathname.startsWith(start));
}
