import type { Language } from '../../../kernel/languages.js';
import type { PasswordResetModel, RenderedMail } from './mail-model.js';
import { button, mailPage, mailText, paragraph } from './mail-layout.js';
import { greetingName } from './greeting.js';
import { markup } from './markup.js';

interface Messages {
  readonly subject: string;
  readonly title: string;
  readonly request: (firstName: string) => string;
  readonly link: string;
  readonly notYou: string;
}

const WORDS: Readonly<Record<Language, Messages>> = {
  ro: {
    subject: 'Alege o parolă nouă',
    title: 'Alege o parolă nouă',
    request: (firstName) =>
      `Bună, ${firstName}! Cineva, probabil tu, a cerut o parolă nouă pentru contul acesta. Linkul de mai jos merge o singură dată și expiră repede.`,
    link: 'Alege parola',
    notYou: 'Dacă nu ai cerut tu acest lucru, nu trebuie să faci nimic: parola rămâne cea veche.',
  },
  en: {
    subject: 'Choose a new password',
    title: 'Choose a new password',
    request: (firstName) =>
      `Hello ${firstName}, somebody, most likely you, asked for a new password for this account. The link below works once and expires soon.`,
    link: 'Choose a password',
    notYou: 'If it was not you, there is nothing to do: your password stays as it is.',
  },
  fr: {
    subject: 'Choisissez un nouveau mot de passe',
    title: 'Choisissez un nouveau mot de passe',
    request: (firstName) =>
      `Bonjour ${firstName}, quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour ce compte. Le lien ci-dessous ne sert qu’une fois et expire vite.`,
    link: 'Choisir un mot de passe',
    notYou: 'Si ce n’était pas vous, vous n’avez rien à faire : votre mot de passe ne change pas.',
  },
};

export function passwordReset(language: Language, { firstName, link }: PasswordResetModel): RenderedMail {
  const messages = WORDS[language];
  const request = messages.request(greetingName(firstName, language));
  const body = markup`${paragraph(request)}${button(messages.link, link)}${paragraph(messages.notYou)}`;
  const text = mailText(language, [
    messages.title,
    '',
    request,
    '',
    `${messages.link}: ${link}`,
    '',
    messages.notYou,
  ]);
  return {
    subject: messages.subject,
    html: mailPage(language, { title: messages.title, preview: request, body }),
    text,
  };
}
