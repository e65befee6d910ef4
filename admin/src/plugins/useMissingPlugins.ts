import { onMounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { missingPlugins } from './loaded-plugins';

/** Says which plugins could not be loaded; the notice stays until it is closed. */
export function useMissingPlugins(): void {
  const { t } = useI18n();
  const toast = useToast();
  onMounted(() => {
    for (const name of missingPlugins.keys())
      toast.add({
        id: `missing-plugin-${name}`,
        color: 'warning',
        icon: 'i-lucide-puzzle',
        duration: 0,
        title: t('plugins.missing', { name }),
        description: t('plugins.missingHint'),
      });
  });
}
