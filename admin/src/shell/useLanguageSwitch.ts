import { useI18n } from 'vue-i18n';
import { renewClient } from '../app/client';
import { useLanguage } from '../app/i18n';
import type { Language } from '../app/i18n';
import { hasUnsavedChanges } from '../ui/forms/useUnsaved';

const NAMES: Record<Language, string> = { ro: 'Română', en: 'English', fr: 'Français' };

/** Switching reloads the page's data in the new language, so the user confirms the loss of unsaved changes first. */
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
