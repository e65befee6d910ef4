import { showAfterLoading } from '../app/notices';
import { rememberSignedIn } from '../app/session';
import { forgetTyped } from '../app/forms/typed-text';

/**
 * Navigates after signing in or out with a full page load, so that nothing in memory about the previous user
 * survives, such as cached responses or a cart. Only addresses of this shop are followed.
 */
export function leaveFor(next: string | null | undefined, fallback: string): void {
  forgetTyped();
  goTo(next, fallback);
}

function goTo(next: string | null | undefined, fallback: string): void {
  location.assign(next && /^\/(?![/\\])/.test(next) ? next : fallback);
}

export function signedIn(
  next: string | null | undefined,
  fallback: string,
  warnings: readonly { code: string }[] = [],
): void {
  rememberSignedIn(true);
  if (warnings.some(({ code }) => code === 'CART_MERGE_REDUCED')) showAfterLoading('cartCut');
  goTo(next, fallback);
}
