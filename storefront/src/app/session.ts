import { useClientHandle } from '@urql/vue';
import { lasting } from '@vitrine/client/storage';
import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';
import { CurrentCustomerDocument, type CurrentCustomerQuery } from '../generated/shell/graphql';
import { refreshToken } from './token-refresh';

type Customer = NonNullable<CurrentCustomerQuery['me']>;

export interface Session {
  /** Null for a guest. Undefined until the session is loaded, and always on the server. */
  customer: Readonly<Ref<Customer | null | undefined>>;
  load: () => Promise<void>;
}

export const sessionKey: InjectionKey<Session> = Symbol('session');

/** Cookies cannot be read by scripts, so this flag remembers that a refresh token may be worth trying. */
const FLAG = 'vitrine.signed-in';

/** Milliseconds until a customer who could not be asked for is asked for again: a gap of the network is no sign-out. */
const PAUSES = [1_000, 4_000];

export function makeSession(): Session {
  const { client } = useClientHandle();
  const customer = ref<Customer | null>();

  /** Undefined when there was no response. */
  async function ask(): Promise<Customer | null | undefined> {
    const { data, error } = await client
      .query(CurrentCustomerDocument, {}, { requestPolicy: 'network-only' })
      .toPromise();
    return error ? undefined : (data?.me ?? null);
  }

  /** Undefined when there was no response. */
  async function find(): Promise<Customer | null | undefined> {
    const found = await ask();
    if (found || !lasting.get(FLAG)) return found;
    const renewal = await refreshToken(fetch, '/graphql');
    if (renewal === 'unreachable') return undefined;
    return renewal === 'renewed' ? ask() : found;
  }

  async function load(): Promise<void> {
    let found = await find();
    for (const pause of PAUSES) {
      if (found !== undefined || !lasting.get(FLAG)) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
      found = await find();
    }
    if (found !== undefined) rememberSignedIn(found !== null);
    // Without a response the session stays unknown: the visitor may buy as a guest, and the next page tries again.
    customer.value = found ?? null;
  }

  return { customer: readonly(customer) as Session['customer'], load };
}

export function rememberSignedIn(isSignedIn: boolean): void {
  if (isSignedIn) lasting.set(FLAG, '1');
  else lasting.remove(FLAG);
}

export function useSession(): Session {
  const session = inject(sessionKey);
  if (!session) throw new Error('useSession needs App.vue above it');
  return session;
}
