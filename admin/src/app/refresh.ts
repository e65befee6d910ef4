const REFRESHED_AT = 'vitrine-admin-refreshed-at';

/** True when the session lives on, false when the person has to sign in again. */
export type Refresh = () => Promise<boolean>;

/**
 * Renews the session at most once at a time.
 *
 * The refresh token rotates and its reuse ends the session, so two requests failing together must share
 * one renewal, and so must two open tabs: the second tab waits for the lock and then finds it already done.
 */
export function makeRefreshOnce(): (renew: Refresh) => Promise<boolean> {
  let inFlight: Promise<boolean> | null = null;

  return (renew) => {
    inFlight ??= renewAcrossTabs(renew).finally(() => {
      inFlight = null;
    });
    return inFlight;
  };
}

export const refreshOnce = makeRefreshOnce();

async function renewAcrossTabs(renew: Refresh): Promise<boolean> {
  const askedAt = Date.now();
  return withLock(async () => {
    if (Number(localStorage.getItem(REFRESHED_AT)) > askedAt) return true;
    const renewed = await renew();
    if (renewed) localStorage.setItem(REFRESHED_AT, String(Date.now()));
    return renewed;
  });
}

// Web Locks exist only on HTTPS and localhost; elsewhere one tab alone is still safe.
function withLock(work: Refresh): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager | null };
  return locks ? locks.request('vitrine-admin-refresh', work) : work();
}
