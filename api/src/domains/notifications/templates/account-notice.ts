import type { Language } from '../../../kernel/languages.js';
import { formatMoment } from './formats.js';
import { greetingName } from './greeting.js';
import { button, mailPage, mailText, paragraph } from './mail-layout.js';
import type { AccountNotice, AccountNoticeModel, RenderedMail } from './mail-model.js';
import { markup } from './markup.js';

interface Messages {
  /** The subject and the heading. */
  readonly title: string;
  readonly text: (firstName: string, at: string) => string;
  readonly advice: string;
}

const WORDS: Readonly<Record<AccountNotice, Record<Language, Messages>>> = {
  'password-changed': {
    ro: {
      title: 'Parola contului tău a fost schimbată',
      text: (firstName, at) =>
        `Bună, ${firstName}! Parola acestui cont a fost schimbată pe ${at}. Celelalte dispozitive au fost deconectate.`,
      advice:
        'Dacă ai schimbat-o tu, nu mai ai nimic de făcut. Dacă nu, alege imediat altă parolă și răspunde la acest mesaj.',
    },
    en: {
      title: 'The password of your account was changed',
      text: (firstName, at) =>
        `Hello ${firstName}, the password of this account was changed on ${at}. Other devices were signed out.`,
      advice:
        'If you changed it, there is nothing to do. If you did not, choose another password at once and reply to this message.',
    },
    fr: {
      title: 'Le mot de passe de votre compte a été changé',
      text: (firstName, at) =>
        `Bonjour ${firstName}, le mot de passe de ce compte a été changé le ${at}. Les autres appareils ont été déconnectés.`,
      advice:
        'Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un autre mot de passe et répondez à ce message.',
    },
  },
  'session-ended': {
    ro: {
      title: 'Am deconectat un dispozitiv de la contul tău',
      text: (firstName, at) =>
        `Bună, ${firstName}! Pe ${at} am primit a doua oară cheia cu care un dispozitiv rămâne conectat la contul tău. Poate a fost copiată, așa că am deconectat acel dispozitiv. Parola nu s-a schimbat.`,
      advice:
        'Conectează-te din nou când vrei. Dacă ți se pare ceva suspect, alege altă parolă: atunci toate dispozitivele sunt deconectate.',
    },
    en: {
      title: 'We signed a device out of your account',
      text: (firstName, at) =>
        `Hello ${firstName}, on ${at} the key that keeps one of your devices signed in came to us a second time. It may have been copied, so we signed that device out. Your password has not changed.`,
      advice:
        'Sign in again whenever you like. If anything seems suspicious, choose another password: all devices are then signed out.',
    },
    fr: {
      title: 'Nous avons déconnecté un appareil de votre compte',
      text: (firstName, at) =>
        `Bonjour ${firstName}, le ${at}, la clé qui garde un de vos appareils connecté nous est parvenue une seconde fois. Elle a peut-être été copiée ; nous avons donc déconnecté cet appareil. Votre mot de passe n’a pas changé.`,
      advice:
        'Reconnectez-vous quand vous voulez. Si quelque chose vous paraît suspect, choisissez un autre mot de passe : tous les appareils seront alors déconnectés.',
    },
  },
};
const BUTTON: Readonly<Record<Language, string>> = {
  ro: 'Alege altă parolă',
  en: 'Choose another password',
  fr: 'Choisir un autre mot de passe',
};

/**
 * Notifies a person of a security event of their account. Its button opens the page that requests a reset link, and has
 * no effect by itself.
 */
export function accountNotice(
  notice: AccountNotice,
  language: Language,
  { firstName, at, link }: AccountNoticeModel,
): RenderedMail {
  const { title, advice, ...words } = WORDS[notice][language];
  const text = words.text(greetingName(firstName, language), formatMoment(at, language));
  const label = BUTTON[language];
  const body = markup`${paragraph(text)}${paragraph(advice)}${button(label, link)}`;
  return {
    subject: title,
    html: mailPage(language, { title, preview: text, body }),
    text: mailText(language, [title, '', text, '', advice, '', `${label}: ${link}`]),
  };
}
