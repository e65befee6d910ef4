import { onBeforeUnmount, onMounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import { useSession } from '../../app/session';

const unsaved = new Set<() => boolean>();

/** True when an open form has unsaved changes, so that switching the language can ask first. */
export const hasUnsavedChanges = (): boolean => [...unsaved].some((isDirty) => isDirty());

/**
 * Asks before a page with unsaved changes is left, by a link inside the admin or by closing the tab. Whoever has to
 * sign in again is not asked: what was typed is there again afterwards.
 *
 * @param leave is called when the user leaves without the changes
 */
export function useUnsaved(isDirty: () => boolean, leave: () => void = () => undefined): void {
  const { t } = useI18n();
  const { user } = useSession();
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
  function mayLeave(): boolean {
    if (!isDirty() || !user.value) return true;
    if (!window.confirm(t('form.leave'))) return false;
    leave();
    return true;
  }
  onBeforeRouteLeave(mayLeave);
  // From one product to another, or one group of settings to another, the route stays the same.
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave());
}
