import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { RolesDocument } from '../../generated/people/graphql';
import { useLastData } from '../../ui/useLastData';

/** The roles of the shop, and every permission that there is. */
export function useRoles() {
  const query = useQuery({
    query: RolesDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: ['StaffRole', 'StaffMember'] },
  });
  const { kept, loading, failed } = useLastData(query);
  return {
    roles: computed(() => kept.value?.roles ?? []),
    permissions: computed(() => kept.value?.permissions ?? []),
    loading,
    failed,
    reload: (): void => void query.executeQuery({ requestPolicy: 'network-only' }),
  };
}

export type ListedPermission = ReturnType<typeof useRoles>['permissions']['value'][number];
