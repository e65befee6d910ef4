import { useQuery, type AnyVariables, type UseQueryArgs, type UseQueryResponse } from '@urql/vue';
import { onServerPrefetch } from 'vue';

/**
 * The query of a component of a plugin. The server awaits it and sends what it found with the page. When it fails, `error` says so and
 * the page is as without it.
 */
export function usePartQuery<Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Data, Variables>,
): UseQueryResponse<Data, Variables> {
  const query = useQuery<Data, Variables>(args);
  onServerPrefetch(async () => void (await query));
  return query;
}
