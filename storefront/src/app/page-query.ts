import type { CombinedError } from '@urql/core';
import { useQuery, type AnyVariables, type UseQueryArgs, type UseQueryResponse } from '@urql/vue';
import { onServerPrefetch } from 'vue';
import { usePageResponse } from './page-response';

/**
 * A query that the server awaits before it sends the page.
 *
 * Not awaited in setup, so there is no Suspense and skeletons show on navigation in the browser. `settled` runs on the
 * server once the data is loaded, and may set 404 or a redirect. A failed API makes the page a
 * 502, unless `failed` returns true because it has handled the failure.
 */
export function usePageQuery<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Data, Variables>,
  settled: (data: Data | undefined) => void = () => undefined,
  failed: (failure: CombinedError) => boolean = () => false,
): UseQueryResponse<Data, Variables> {
  const response = usePageResponse();
  const query = useQuery<Data, Variables>(args);
  onServerPrefetch(async () => {
    await query;
    const failure = query.error.value;
    if (failure) {
      if (!failed(failure)) response.status = 502;
    } else settled(query.data.value);
  });
  return query;
}
