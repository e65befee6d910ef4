/** "//c/mugs/?sort=new" is "/c/mugs?sort=new": one address per page. Null for a canonical address. */
export function withoutSlash(url: string): string | null {
  const [path = '', ...query] = url.split('?');
  if (path === '/' || (!path.endsWith('/') && !path.startsWith('//'))) return null;
  // Each run of slashes is looked at once, from its first one: from every slash anew, an address of only slashes takes
  // half a second.
  const bare = `/${path.replace(/^\/+|(?<!\/)\/+$/g, '')}`;
  return [bare, ...query].join('?');
}
