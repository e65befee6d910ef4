import { useI18n } from 'vue-i18n';
import { renewClient } from '../app/client';
import { useLanguage } from '../app/i18n';
import type { Language } from '../app/i18n';
import { hasUnsavedChanges } from '../ui/useUnsaved';

const NAMES: Record<Language, string> = { ro: 'Română', en: 'English', fr: 'Français' };

/** Switching asks the API again for everything on the page, so unsaved changes are asked about first. */
export function useLanguageSwitch() {
  const { t, locale } = useI18n();

  function switchTo(language: Language): void {
    if (language === locale.value) return;
    if (hasUnsavedChanges() && !window.confirm(t('form.leave'))) return;
    useLanguage(language);
    renewClient();
  }

  return { switchTo, nameOf: (language: Language): string => NAMES[language] };
}
