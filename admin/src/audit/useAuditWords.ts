import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../app/session';
import type { AuditRowFragment } from '../generated/audit/graphql';
import { entityName, fieldName, operationName, recordName, valueText, type AuditChange } from './audit-words';

/** The words of the audit log in the user's language. */
export function useAuditWords() {
  const { t, te, locale } = useI18n();
  const { currency } = useSession();
  const words = computed(() => ({ t, te, locale: locale.value, currency: currency.value }));

  return {
    operation: (entry: AuditRowFragment): string => operationName(entry.operation, words.value),
    actor: ({ actorKind, actorName }: AuditRowFragment): string =>
      actorName ?? t(actorKind === 'SYSTEM' ? 'audit.system' : 'audit.gone'),
    entity: ({ entityType, entityCode }: AuditChange): string => {
      const name = entityName(entityType, words.value);
      return entityCode ? `${name} · ${entityCode}` : name;
    },
    record: (change: AuditChange): string => recordName(change.record, words.value),
    field: (field: string): string => fieldName(field, words.value),
    value: (field: string, value: string | null | undefined) => valueText(field, value, words.value),
  };
}
