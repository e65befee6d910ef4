import { languageDataOf, type Language } from '@vitrine/client/languages';
import { useI18n } from 'vue-i18n';
import { renewClient } from '../app/client';
import { useLanguage } from '../app/i18n';
import { hasUnsavedChanges } from '../ui/forms/useUnsaved';

/** Switching reloads the page's data in the new language, so the user confirms the loss of unsaved changes first. */
export function useLanguageSwitch() {
  const { t, locale } = useI18n();

  async function switchTo(language: Language): Promise<void> {
    if (language === locale.value) return;
    if (hasUnsavedChanges() && !window.confirm(t('form.leave'))) return;
    try {
      await useLanguage(language);
    } catch {
      // The notice about missing code offers to load the page again; until then the language stays.
      return;
    }
    renewClient();
  }

  return { switchTo, nameOf: (language: Language): string => languageDataOf(language).name };
}
