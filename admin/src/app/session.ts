import type { Client } from '@urql/core';
import type { SignedIn } from '@vitrine/client/live';
import { computed, ref, shallowRef } from 'vue';
import { LoginDocument, LogoutDocument, SessionDocument } from '../generated/shell/graphql';
import type { Permission, SessionUserFragment, ShopSettingsFragment } from '../generated/shell/graphql';
import { errorsOf } from './user-errors';
import type { Problem } from './user-errors';
import { hangUp } from './live';
import { renewSessionOf } from './refresh';

export type StartResult = 'staff' | 'signed-out' | 'unreachable';

const user = shallowRef<SessionUserFragment | null>(null);
const shop = shallowRef<ShopSettingsFragment | null>(null);
const lost = ref(false);

/** Who is signed in and for which shop. One per page load: the admin serves one person at a time. */
export function useSession() {
  return {
    user,
    shop,
    /** The session ended while somebody worked: they are asked to sign in over the page, which stays. */
    lost,
    currency: computed(() => shop.value?.currency ?? 'RON'),
    can: (permission: Permission): boolean => Boolean(user.value?.permissions.includes(permission)),
  };
}

/**
 * Asks who is signed in. `me` is public and answers null for an expired access token,
 * so a null is worth one renewal before the person is sent to the sign-in page.
 */
export async function startSession(client: Client): Promise<StartResult> {
  const first = await loadSession(client);
  if (first !== 'signed-out') return first;
  const renewal = await renewSessionOf(client);
  if (renewal === 'renewed') return loadSession(client);
  return renewal === 'refused' ? 'signed-out' : 'unreachable';
}

/** Makes the cookies good before the line of subscriptions comes back. An unanswered question is no reason not to try. */
export async function reviveSession(client: Client): Promise<SignedIn> {
  const { data } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
  if (!data || data.me) return 'ready';
  return (await renewSessionOf(client)) === 'refused' ? 'signed-out' : 'ready';
}

async function loadSession(client: Client): Promise<StartResult> {
  const { data } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
  if (!data) return 'unreachable';
  shop.value = data.shop;
  user.value = isStaff(data.me) ? data.me : null;
  return user.value ? 'staff' : 'signed-out';
}

const isStaff = (candidate: SessionUserFragment | null | undefined): candidate is SessionUserFragment =>
  Boolean(candidate && candidate.role !== 'CUSTOMER');

/** Signs in staff. A customer with a right password gets NOT_STAFF and is signed out again. */
export async function signIn(client: Client, email: string, password: string): Promise<Problem[]> {
  const result = await client.mutation(LoginDocument, { input: { email, password } });
  const problems = errorsOf(result, result.data?.login.errors);
  if (problems.length > 0) return problems;
  if (!isStaff(result.data?.login.user)) {
    await client.mutation(LogoutDocument, {});
    return [{ code: 'NOT_STAFF' }];
  }
  const state = await loadSession(client);
  return state === 'staff' ? [] : [{ code: 'NETWORK' }];
}

export async function signOut(client: Client): Promise<void> {
  await client.mutation(LogoutDocument, {});
  forgetSession();
}

export function forgetSession(): void {
  user.value = null;
  lost.value = false;
  hangUp();
}
