import { lasting } from './storage';

/**
 * The outcome of a renewal: a new access token; a rejection, after which the user has to sign in again; or no
 * response, which says nothing about the session.
 */
export type Renewal = 'renewed' | 'refused' | 'unreachable';

export type Renew = () => Promise<Renewal>;

/** The timeout after which a tab that froze during a renewal no longer blocks the others. */
const LONGEST_RENEWAL_MS = 15_000;

/**
 * Renews the session at most once at a time. `name` distinguishes this client's sessions from those of another client.
 *
 * The refresh token rotates and its late reuse ends the session, so concurrent requests share one renewal, and so do
 * open tabs: the second tab waits for the lock and then finds the session already renewed.
 */
export function makeRefreshOnce(name: string): (renew: Renew) => Promise<Renewal> {
  let inFlight: Promise<Renewal> | null = null;
  return (renew) => {
    inFlight ??= renewAcrossTabs(name, renew).finally(() => {
      inFlight = null;
    });
    return inFlight;
  };
}

async function renewAcrossTabs(name: string, renew: Renew): Promise<Renewal> {
  const slot = `${name}-refreshed-at`;
  const askedAt = Date.now();
  return withLock(`${name}-refresh`, async () => {
    if (Number(lasting.get(slot)) > askedAt) return 'renewed';
    const answer = await Promise.race([renew().catch((): Renewal => 'unreachable'), tooLate()]);
    if (answer === 'renewed') lasting.set(slot, String(Date.now()));
    return answer;
  });
}

const tooLate = (): Promise<Renewal> =>
  new Promise((resolve) => setTimeout(() => resolve('unreachable'), LONGEST_RENEWAL_MS));

/** Web Locks exist on HTTPS and localhost only; elsewhere the API's tolerance for a concurrent reuse has to suffice. */
function withLock(name: string, work: Renew): Promise<Renewal> {
  const { locks } = navigator as { locks?: LockManager | null };
  return locks ? locks.request(name, work) : work();
}
