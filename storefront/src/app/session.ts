import { useClientHandle } from '@urql/vue';
import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue';
import { CurrentCustomerDocument, type CurrentCustomerQuery } from '../generated/shell/graphql';
import { readStored, writeStored } from './browser-storage';
import { refreshToken } from './token-refresh';

type Customer = NonNullable<CurrentCustomerQuery['me']>;

export interface Session {
  /** Null for a guest. Undefined until the browser has asked, which is always the case on the server. */
  customer: Readonly<Ref<Customer | null | undefined>>;
  load: () => Promise<void>;
}

export const sessionKey: InjectionKey<Session> = Symbol('session');

/** Cookies cannot be read by scripts, so this flag remembers that a refresh token may be worth trying. */
const FLAG = 'vitrine.signed-in';

export function makeSession(): Session {
  const { client } = useClientHandle();
  const customer = ref<Customer | null>();

  async function ask(): Promise<Customer | null> {
    const { data } = await client
      .query(CurrentCustomerDocument, {}, { requestPolicy: 'network-only' })
      .toPromise();
    return data?.me ?? null;
  }

  async function load(): Promise<void> {
    let found = await ask();
    if (!found && readStored('local', FLAG) && (await refreshToken(fetch, '/graphql'))) found = await ask();
    rememberSignedIn(found !== null);
    customer.value = found;
  }

  return { customer: readonly(customer) as Session['customer'], load };
}

export function rememberSignedIn(isSignedIn: boolean): void {
  writeStored('local', FLAG, isSignedIn ? '1' : null);
}

export function useSession(): Session {
  const session = inject(sessionKey);
  if (!session) throw new Error('useSession needs App.vue above it');
  return session;
}
