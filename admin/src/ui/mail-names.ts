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

/** The names of the previews of an outage by its other causes. */
const outages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'alert-payment-outage-locked-out': import.meta.glob<string>(
    '../../../locales/*/alerts/payment-outage.json',
    { import: 'nameWhenLockedOut', eager: true },
  ),
  'alert-payment-outage-refused': import.meta.glob<string>('../../../locales/*/alerts/payment-outage.json', {
    import: 'nameWhenRefused',
    eager: true,
  }),
};

/** What a mail is called in the user's language; its template where a newer server or a plugin names an unknown one. */
export function mailName(template: string): string {
  const folder = `../../../locales/${currentLanguage()}`;
  // The preview of an alert is named by its kind: `alert-stock-low`.
  const alert = template.replace(/^alert-/, '');
  const ofCause = outages[template]?.[`${folder}/alerts/payment-outage.json`];
  return (
    ofCause ??
    names[`${folder}/mails/${template}.json`] ??
    names[`${folder}/alerts/${alert}.json`] ??
    template
  );
}
