import { showAfterLoading } from '../app/notices';
import { rememberSignedIn } from '../app/session';
import { forgetTyped } from '../app/typed-text';

/**
 * Goes on after signing in or out with a full page load.
 *
 * Nothing the browser kept about the person before survives it: no cached answer, no cart of somebody else.
 * Only addresses of this shop are followed, whatever a link says.
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
