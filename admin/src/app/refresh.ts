import { makeRefreshOnce } from '@vitrine/client/session-refresh';
import type { Renewal } from '@vitrine/client/session-refresh';
import type { Client, OperationResult } from '@urql/core';
import { TokenRefreshDocument } from '../generated/shell/graphql';
import type { TokenRefreshMutation } from '../generated/shell/graphql';

const refreshOnce = makeRefreshOnce('vitrine-admin');

type Renewed = NonNullable<TokenRefreshMutation['tokenRefresh']['user']>;
let heard: (user: Renewed) => void = () => undefined;

/** Called with who is signed in after each renewal: what they may do can have changed since. */
export const onRenewed = (listener: (user: Renewed) => void): void => void (heard = listener);

type Send = () => Promise<Pick<OperationResult<TokenRefreshMutation>, 'data' | 'error'>>;

/** Renews the session, with one request for concurrent callers. Only an explicit rejection by the server is 'refused'. */
export const renewSession = (send: Send): Promise<Renewal> =>
  refreshOnce(async () => {
    const { data } = await send();
    if (!data) return 'unreachable';
    const { user } = data.tokenRefresh;
    if (user) heard(user);
    return user ? 'renewed' : 'refused';
  });

export const renewSessionOf = (client: Client): Promise<Renewal> =>
  renewSession(() => client.mutation(TokenRefreshDocument, { input: {} }).toPromise());
