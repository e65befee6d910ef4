import type { Language } from '../../../kernel/languages.js';
import type { OrderNotice } from './mail-model.js';
import type { NoticeMessages } from './messages.js';

/** The messages about returned goods. */
export const RETURN_MESSAGES: Readonly<
  Record<Extract<OrderNotice, `return-${string}`>, Record<Language, NoticeMessages>>
> = {
  'return-approved': {
    ro: {
      subject: ({ reference }) => `Returul ${reference} este aprobat`,
      title: () => 'Returul tău este aprobat',
      text: ({ firstName, number, reference }) => [
        `Bună, ${firstName}! Poți trimite înapoi ce ai ales din comanda ${number}.`,
        `Scrie numărul ${reference} pe colet, ca să îl recunoaștem. Îți scriem când ajunge la noi.`,
      ],
      button: 'Vezi returul',
    },
    en: {
      subject: ({ reference }) => `Your return ${reference} is approved`,
      title: () => 'Your return is approved',
      text: ({ firstName, number, reference }) => [
        `Hello ${firstName}, you can send back what you chose from your order ${number}.`,
        `Please write ${reference} on the parcel, so that we recognise it. We will write when it is here.`,
      ],
      button: 'See the return',
    },
    fr: {
      subject: ({ reference }) => `Votre retour ${reference} est accepté`,
      title: () => 'Votre retour est accepté',
      text: ({ firstName, number, reference }) => [
        `Bonjour ${firstName}, vous pouvez renvoyer les articles choisis de votre commande ${number}.`,
        `Merci d’inscrire ${reference} sur le colis, pour que nous le reconnaissions. Nous vous écrirons à son arrivée.`,
      ],
      button: 'Voir le retour',
    },
  },
  'return-rejected': {
    ro: {
      subject: ({ reference }) => `Despre returul ${reference}`,
      title: () => 'Nu putem primi acest retur',
      text: ({ firstName, number }) => [
        `Bună, ${firstName}! Am citit cererea ta pentru comanda ${number} și, din păcate, nu o putem aproba. Dacă vezi lucrurile altfel, răspunde la acest mesaj.`,
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ reference }) => `About your return ${reference}`,
      title: () => 'We cannot take this return',
      text: ({ firstName, number }) => [
        `Hello ${firstName}, we have read your request for order ${number} and, sadly, cannot approve it. If you see it differently, simply reply to this message.`,
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ reference }) => `À propos de votre retour ${reference}`,
      title: () => 'Nous ne pouvons pas accepter ce retour',
      text: ({ firstName, number }) => [
        `Bonjour ${firstName}, nous avons lu votre demande pour la commande ${number} et ne pouvons malheureusement pas l’accepter. Si vous n’êtes pas d’accord, répondez simplement à ce message.`,
      ],
      button: 'Voir ma commande',
    },
  },
  'return-received': {
    ro: {
      subject: ({ reference }) => `Returul ${reference} a ajuns la noi`,
      title: () => 'Coletul tău a ajuns înapoi',
      text: ({ firstName, number, reference }) => [
        `Bună, ${firstName}! Returul ${reference} din comanda ${number} a ajuns la noi. Îți scriem din nou când este rezolvat.`,
      ],
      button: 'Vezi returul',
    },
    en: {
      subject: ({ reference }) => `Your return ${reference} has arrived`,
      title: () => 'Your parcel is back with us',
      text: ({ firstName, number, reference }) => [
        `Hello ${firstName}, your return ${reference} from order ${number} has arrived. We will write again when it is settled.`,
      ],
      button: 'See the return',
    },
    fr: {
      subject: ({ reference }) => `Votre retour ${reference} est arrivé`,
      title: () => 'Votre colis nous est revenu',
      text: ({ firstName, number, reference }) => [
        `Bonjour ${firstName}, votre retour ${reference} de la commande ${number} est bien arrivé. Nous vous écrirons dès qu’il sera réglé.`,
      ],
      button: 'Voir le retour',
    },
  },
  'return-refunded': {
    ro: {
      subject: ({ reference }) => `Returul ${reference}: îți trimitem banii înapoi`,
      title: () => 'Îți trimitem banii înapoi',
      text: ({ firstName, amount, reference }) => [
        `Bună, ${firstName}! Pentru returul ${reference} îți trimitem înapoi ${amount}, pe calea pe care ai plătit. De obicei suma apare în cont în cel mult zece zile.`,
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ reference }) => `Your return ${reference}: we are sending your money back`,
      title: () => 'We are sending your money back',
      text: ({ firstName, amount, reference }) => [
        `Hello ${firstName}, for your return ${reference} we are sending ${amount} back the way you paid. It usually shows on your account within ten days.`,
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ reference }) => `Votre retour ${reference} : nous vous remboursons`,
      title: () => 'Nous vous remboursons',
      text: ({ firstName, amount, reference }) => [
        `Bonjour ${firstName}, pour votre retour ${reference} nous vous remboursons ${amount}, par le moyen de paiement utilisé. Le montant apparaît en général sous dix jours.`,
      ],
      button: 'Voir ma commande',
    },
  },
  'return-exchanged': {
    ro: {
      subject: ({ reference }) => `Returul ${reference}: pregătim schimbul`,
      title: () => 'Pregătim ce ai ales în schimb',
      text: ({ firstName, reference, number, amount }) => [
        `Bună, ${firstName}! Pentru returul ${reference} am făcut comanda ${number}, cu ce ai ales în schimb.`,
        amount
          ? `Mai rămâne o diferență de ${amount}; o trimitem imediat ce o primim.`
          : 'Nu ai nimic de plată; îți scriem când pleacă la drum.',
      ],
      button: 'Vezi comanda nouă',
    },
    en: {
      subject: ({ reference }) => `Your return ${reference}: we are preparing the exchange`,
      title: () => 'We are preparing your exchange',
      text: ({ firstName, reference, number, amount }) => [
        `Hello ${firstName}, for your return ${reference} we have made order ${number} with what you chose instead.`,
        amount
          ? `A difference of ${amount} is left; we send it as soon as that is paid.`
          : 'There is nothing to pay; we will write when it leaves our workshop.',
      ],
      button: 'See the new order',
    },
    fr: {
      subject: ({ reference }) => `Votre retour ${reference} : nous préparons l’échange`,
      title: () => 'Nous préparons votre échange',
      text: ({ firstName, reference, number, amount }) => [
        `Bonjour ${firstName}, pour votre retour ${reference} nous avons créé la commande ${number} avec les articles choisis en échange.`,
        amount
          ? `Il reste un complément de ${amount} ; nous l’expédierons dès son règlement.`
          : 'Il n’y a rien à régler ; nous vous écrirons dès son départ de l’atelier.',
      ],
      button: 'Voir la nouvelle commande',
    },
  },
};
