import { onScopeDispose, watch } from 'vue';

/** So long nothing was typed when a draft is saved by itself. */
const PAUSE_MS = 1_200;

interface SavedForm {
  readonly draft: { readonly value: object | undefined };
  readonly dirty: { readonly value: boolean };
  readonly busy: { readonly value: boolean };
  readonly clashes: { readonly value: readonly unknown[] };
  readonly submit: () => Promise<boolean>;
}

/** Saves a draft when its writer pauses. What was refused is tried again when something else is typed. */
export function useAutosave({ draft, dirty, busy, clashes, submit }: SavedForm): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!dirty.value || clashes.value.length > 0) return;
      if (busy.value) later();
      else void submit();
    }, PAUSE_MS);
  };
  watch(
    () => JSON.stringify(draft.value),
    () => dirty.value && later(),
  );
  onScopeDispose(() => clearTimeout(waiting));
}
