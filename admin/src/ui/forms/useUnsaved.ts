import { onBeforeUnmount, onMounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';

const unsaved = new Set<() => boolean>();

/** True when an open form has unsaved changes, so that switching the language can ask first. */
export const hasUnsavedChanges = (): boolean => [...unsaved].some((isDirty) => isDirty());

/** Asks before a page with unsaved changes is left, by a link inside the admin or by closing the tab. */
export function useUnsaved(isDirty: () => boolean): void {
  const { t } = useI18n();
  const warn = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault();
  };
  onMounted(() => {
    unsaved.add(isDirty);
    window.addEventListener('beforeunload', warn);
  });
  onBeforeUnmount(() => {
    unsaved.delete(isDirty);
    window.removeEventListener('beforeunload', warn);
  });
  const mayLeave = (): boolean => !isDirty() || window.confirm(t('form.leave'));
  onBeforeRouteLeave(mayLeave);
  // From one product to another, or one group of settings to another, the route stays the same.
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave());
}
