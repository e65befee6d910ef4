const CHECK = 'cookie-check';

/**
 * Whether the browser keeps the shop's cookies; true on a server, which cannot know. One is written and deleted at once,
 * because `navigator.cookieEnabled` stays true where the cookies of this site alone are blocked.
 */
export function keepsCookies(): boolean {
  if (typeof document === 'undefined') return true;
  if (!navigator.cookieEnabled) return false;
  try {
    document.cookie = `${CHECK}=1; Path=/; SameSite=Lax`;
    const isKept = document.cookie.includes(`${CHECK}=1`);
    document.cookie = `${CHECK}=; Path=/; Expires=${new Date(0).toUTCString()}; SameSite=Lax`;
    return isKept;
  } catch {
    return false;
  }
}
