import { currentLanguage } from '../app/i18n';

/** What each mail is called, from the file of its messages: only the name is bundled, not what the mail says. */
const names = import.meta.glob<string>(
  [
    '../../../locales/*/mails/*.json',
    '../../../locales/*/alerts/*.json',
    '!../../../locales/*/mails/layout.json',
  ],
  { import: 'name', eager: true },
);

/** What a mail is called in the user's language; its template where a newer server or a plugin names an unknown one. */
export function mailName(template: string): string {
  const folder = `../../../locales/${currentLanguage()}`;
  // The preview of an alert is named by its kind: `alert-stock-low`.
  const alert = template.replace(/^alert-/, '');
  return names[`${folder}/mails/${template}.json`] ?? names[`${folder}/alerts/${alert}.json`] ?? template;
}
