import type { Language } from '../../../kernel/languages.js';
import type { OwnerAlert } from './mail-model.js';
import type { AlertMessages } from './messages.js';

/** The plural of each kind of alert. */
export const DIGEST_KINDS: Readonly<Record<Language, Partial<Record<OwnerAlert, string>>>> = {
  ro: {
    'payment-mismatch': 'plăți care nu se potrivesc',
    'order-refused-late': 'plăți venite prea târziu',
    'refund-failed': 'rambursări eșuate',
    'webhook-dead': 'mesaje de plată neprelucrate',
    'mail-failed': 'e-mailuri care nu au ajuns',
    'token-reused': 'chei de sesiune folosite de două ori',
    'logins-refused': 'conturi cu multe parole greșite',
  },
  en: {
    'payment-mismatch': 'payments that do not fit',
    'order-refused-late': 'payments that came too late',
    'refund-failed': 'refunds that failed',
    'webhook-dead': 'payment messages not processed',
    'mail-failed': 'mails that did not arrive',
    'token-reused': 'session keys used twice',
    'logins-refused': 'accounts with many wrong passwords',
  },
  fr: {
    'payment-mismatch': 'paiements qui ne correspondent pas',
    'order-refused-late': 'paiements arrivés trop tard',
    'refund-failed': 'remboursements échoués',
    'webhook-dead': 'messages de paiement non traités',
    'mail-failed': 'e-mails qui ne sont pas arrivés',
    'token-reused': 'clés de session utilisées deux fois',
    'logins-refused': 'comptes avec beaucoup de mots de passe erronés',
  },
};

/** Many alerts of one kind in one mail; `detail` names the first ten. */
export const DIGEST_MESSAGES: Readonly<Record<Language, AlertMessages>> = {
  ro: {
    title: ({ subject, count }) => `Încă ${count}: ${subject}`,
    text: ({ subject, count, detail }) =>
      `De atunci au mai venit ${count} înștiințări de același fel (${subject}). Primele: ${detail}. Toate se văd în birou.`,
    button: 'Deschide biroul',
  },
  en: {
    title: ({ subject, count }) => `${count} more: ${subject}`,
    text: ({ subject, count, detail }) =>
      `Since then ${count} more alerts of one kind came (${subject}). The first are: ${detail}. All of them are in the back office.`,
    button: 'Open the back office',
  },
  fr: {
    title: ({ subject, count }) => `Encore ${count} : ${subject}`,
    text: ({ subject, count, detail }) =>
      `Depuis, ${count} autres alertes du même genre sont arrivées (${subject}). Les premières : ${detail}. Toutes sont dans l’administration.`,
    button: 'Ouvrir l’administration',
  },
};
