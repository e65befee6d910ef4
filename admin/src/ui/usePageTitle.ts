import { watchEffect } from 'vue';

export function usePageTitle(title: () => string): void {
  watchEffect(() => {
    document.title = title() ? `${title()} · Vitrine` : 'Vitrine';
  });
}
