import type { Client } from '@urql/core';
import type { SignedIn } from '@vitrine/client/live';
import { computed, ref, shallowRef } from 'vue';
import {
  LoginDocument,
  LoginSecondFactorDocument,
  LogoutDocument,
  SessionDocument,
} from '../generated/shell/graphql';
import type { Permission, SessionUserFragment, ShopSettingsFragment } from '../generated/shell/graphql';
import { shopTimeZone } from '../ui/days';
import { dropDraftsOf, dropDraftsOfOthers } from '../ui/forms/drafts/kept-drafts';
import { errorsOf } from './user-errors';
import type { AdminPermission } from './permissions';
import type { UserError } from './user-errors';
import { disconnect } from './live';
import { onRenewed, renewSessionOf } from './refresh';

export type StartResult = 'staff' | 'signed-out' | 'unreachable';

const user = shallowRef<SessionUserFragment | null>(null);
const shop = shallowRef<ShopSettingsFragment | null>(null);
const lost = ref(false);

/** Who is signed in and for which shop. One per page load, because the admin has one user at a time. */
export function useSession() {
  return {
    user,
    shop,
    /** The session ended during work: a dialog over the page asks the user to sign in, and the page keeps its state. */
    lost,
    currency: computed(() => shop.value?.currency ?? 'RON'),
    can: (permission: AdminPermission): boolean =>
      Boolean(user.value?.permissions.includes(permission as Permission)),
  };
}

/**
 * Reads who is signed in. `me` is public and returns null for an expired access token,
 * so the session is renewed once before the user is sent to the sign-in page.
 */
export async function startSession(client: Client): Promise<StartResult> {
  const first = await loadSession(client);
  if (first !== 'signed-out') return first;
  const renewal = await renewSessionOf(client);
  if (renewal === 'renewed') return loadSession(client);
  return renewal === 'refused' ? 'signed-out' : 'unreachable';
}

/** Renews the cookies before the subscriptions reconnect. A request without a response does not prevent the attempt. */
export async function renewLostSession(client: Client): Promise<SignedIn> {
  const { data } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
  if (!data || data.me) return 'ready';
  return (await renewSessionOf(client)) === 'refused' ? 'signed-out' : 'ready';
}

async function loadSession(client: Client): Promise<StartResult> {
  const { data } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
  if (!data) return 'unreachable';
  know(data.shop);
  user.value = isStaff(data.me) ? data.me : null;
  if (user.value) dropDraftsOfOthers(user.value.id);
  return user.value ? 'staff' : 'signed-out';
}

function know(read: ShopSettingsFragment): void {
  shop.value = read;
  shopTimeZone.value = read.timeZone;
}

/** After staff changed the settings of the shop, or their own name: pages that are open show it too. */
export async function readShopAgain(client: Client): Promise<void> {
  const { data } = await client.query(SessionDocument, {}, { requestPolicy: 'network-only' });
  if (!data) return;
  know(data.shop);
  if (isStaff(data.me) && data.me.id === user.value?.id) user.value = data.me;
}

const isStaff = (candidate: SessionUserFragment | null | undefined): candidate is SessionUserFragment =>
  Boolean(candidate && candidate.role !== 'CUSTOMER');

// A colleague may have given another role, or taken it: pages and buttons follow from the next renewal on.
onRenewed((renewed) => {
  if (renewed.id === user.value?.id) user.value = isStaff(renewed) ? renewed : null;
});

/** How a sign-in ended: with problems, with the question for a code, or signed in (neither). */
export interface SignInAnswer {
  readonly problems: UserError[];
  /** What signs in together with a code of the second factor; null where no code is asked for. */
  readonly challenge: string | null;
}

/** The first step: e-mail and password. A customer with a correct password gets NOT_STAFF and is signed out again. */
export async function signIn(client: Client, email: string, password: string): Promise<SignInAnswer> {
  const result = await client.mutation(LoginDocument, { input: { email, password } });
  const challenge = result.data?.login.secondFactor?.token ?? null;
  if (challenge !== null) return { problems: [], challenge };
  const problems = errorsOf(result, result.data?.login.errors);
  if (problems.length === 0) problems.push(...(await enter(client, result.data?.login.user)));
  return { problems, challenge };
}

/** The second step, where one is asked for: a code of the app, or a recovery code. */
export async function signInWithCode(client: Client, token: string, code: string): Promise<UserError[]> {
  const result = await client.mutation(LoginSecondFactorDocument, { input: { token, code } });
  const problems = errorsOf(result, result.data?.loginSecondFactor.errors);
  return problems.length > 0 ? problems : enter(client, result.data?.loginSecondFactor.user);
}

async function enter(
  client: Client,
  candidate: SessionUserFragment | null | undefined,
): Promise<UserError[]> {
  if (!isStaff(candidate)) {
    await client.mutation(LogoutDocument, {});
    return [{ code: 'NOT_STAFF' }];
  }
  const state = await loadSession(client);
  return state === 'staff' ? [] : [{ code: 'NETWORK' }];
}

export async function signOut(client: Client): Promise<void> {
  if (user.value) dropDraftsOf(user.value.id);
  await client.mutation(LogoutDocument, {});
  forgetSession();
}

export function forgetSession(): void {
  user.value = null;
  lost.value = false;
  disconnect();
}
