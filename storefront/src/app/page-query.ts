import { useQuery, type AnyVariables, type UseQueryArgs, type UseQueryResponse } from '@urql/vue';
import { onServerPrefetch } from 'vue';
import { usePageResponse } from './page-response';

/**
 * A query the server waits for before it sends the page.
 *
 * Not awaited in setup, so there is no Suspense and skeletons show on navigation in the browser. `settled` runs on the
 * server once the answer is there: the place to say 404 or to redirect. A failed API makes the page a 502.
 */
export function usePageQuery<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Data, Variables>,
  settled: (data: Data | undefined) => void = () => undefined,
): UseQueryResponse<Data, Variables> {
  const response = usePageResponse();
  const query = useQuery<Data, Variables>(args);
  onServerPrefetch(async () => {
    await query;
    if (query.error.value) response.status = 502;
    else settled(query.data.value);
  });
  return query;
}
