import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../app/error-messages';
import { readShopAgain } from '../app/session';
import { onVersion, readAgain } from '../app/seen-version';
import { errorsOf } from '../app/user-errors';
import { SettingsDocument } from '../generated/settings/graphql';
import type { FieldError } from '../ui/forms/fields/field-errors';
import { useDraft } from '../ui/forms/drafts/useDraft';
import { useLastData } from '../ui/useLastData';
import { fieldOf, isLocked, toDraft, toInput } from './settings-groups';
import type { SettingsDraft, SettingsField, SettingsGroup } from './settings-groups';

/** The form of one group of settings: loading, and saving what was changed on top of what a colleague saved. */
export function useSettingsGroup(group: SettingsGroup) {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const query = useQuery({ query: SettingsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const { kept, loading, failed } = useLastData(query);
  const stored = computed(() => kept.value?.settings);
  const lastChange = computed(() => stored.value?.lastChanges.find((each) => each.group === group.key));
  const form = useDraft<SettingsDraft>(
    () => stored.value && toDraft(group, stored.value),
    () => ({ form: 'settings', object: group.key }),
  );
  const { draft, clashes, accept } = form;

  const saving = ref(false);
  const fieldErrors = ref<FieldError[]>([]);
  const problems = ref<string[]>([]);

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has been merged into the form.
    await nextTick();
  }

  async function save(): Promise<void> {
    if (saving.value) return;
    saving.value = true;
    fieldErrors.value = [];
    problems.value = [];
    await reload();
    if (clashes.value.length === 0 && draft.value) await send({ ...draft.value });
    saving.value = false;
  }

  async function send(mine: SettingsDraft): Promise<void> {
    const { result, userErrors } = await onVersion(
      stored.value?.[group.key].version,
      async (expectedVersion) => {
        const sent = await group.send(handle.client, toInput(group, mine), expectedVersion);
        return { result: sent, userErrors: sent.data?.outcome.errors };
      },
    );
    const errors = errorsOf(result, userErrors);
    for (const error of errors) {
      const name = fieldOf(group, error);
      if (name) fieldErrors.value = [...fieldErrors.value, { name, message: messagesFor(error) }];
      else problems.value = [...problems.value, messagesFor(error)];
    }
    if (errors.some(readAgain)) await reload();
    if (errors.length > 0) return;
    accept(mine);
    await Promise.all([reload(), readShopAgain(handle.client)]);
    toast.add({ icon: 'i-lucide-check', color: 'success', title: t('form.saved') });
  }

  function discard(): void {
    problems.value = [];
    fieldErrors.value = [];
    form.reset();
  }

  const locked = (field: SettingsField): boolean =>
    Boolean(stored.value && isLocked(group, field, stored.value));

  return {
    ...form,
    lastChange,
    locked,
    loading,
    failed,
    reload,
    saving,
    fieldErrors,
    problems,
    save,
    discard,
  };
}
