import { makeRefreshOnce } from '@vitrine/client/session-refresh';
import type { Renewal } from '@vitrine/client/session-refresh';
import type { Client, OperationResult } from '@urql/core';
import { TokenRefreshDocument } from '../generated/shell/graphql';
import type { TokenRefreshMutation } from '../generated/shell/graphql';

const refreshOnce = makeRefreshOnce('vitrine-admin');

type Send = () => Promise<Pick<OperationResult<TokenRefreshMutation>, 'data' | 'error'>>;

/** Renews the session, with one request for concurrent callers. Only an explicit rejection by the server is 'refused'. */
export const renewSession = (send: Send): Promise<Renewal> =>
  refreshOnce(async () => {
    const { data } = await send();
    if (!data) return 'unreachable';
    return data.tokenRefresh.user ? 'renewed' : 'refused';
  });

export const renewSessionOf = (client: Client): Promise<Renewal> =>
  renewSession(() => client.mutation(TokenRefreshDocument, { input: {} }).toPromise());
