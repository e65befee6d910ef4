import type { Language } from '../../../kernel/languages.js';
import type { OrderNotice } from './mail-model.js';
import { RETURN_MESSAGES } from './return-notice-messages.js';
import type { NoticeData, NoticeMessages } from './messages.js';

export const COMMON_WORDS: Readonly<
  Record<Language, Record<'pieces' | 'total' | 'holder' | 'reference' | 'amount' | 'note', string>>
> = {
  ro: {
    pieces: 'Ce conține',
    total: 'Total, cu TVA',
    holder: 'Beneficiar',
    reference: 'Detalii de plată',
    amount: 'Suma',
    note: 'Din partea noastră',
  },
  en: {
    pieces: 'What it holds',
    total: 'Total, VAT included',
    holder: 'Account holder',
    reference: 'Payment reference',
    amount: 'Amount',
    note: 'From us to you',
  },
  fr: {
    pieces: 'Son contenu',
    total: 'Total TTC',
    holder: 'Titulaire du compte',
    reference: 'Référence du virement',
    amount: 'Montant',
    note: 'Notre message',
  },
};

const until = {
  ro: ({ dueAt }: NoticeData): string[] => (dueAt ? [`O păstrăm pentru tine până la ${dueAt}.`] : []),
  en: ({ dueAt }: NoticeData): string[] => (dueAt ? [`We keep it for you until ${dueAt}.`] : []),
  fr: ({ dueAt }: NoticeData): string[] => (dueAt ? [`Nous vous la gardons jusqu’au ${dueAt}.`] : []),
};

const offered = {
  ro: ({ dueAt }: NoticeData): string[] => (dueAt ? [`Propunerea rămâne valabilă până la ${dueAt}.`] : []),
  en: ({ dueAt }: NoticeData): string[] => (dueAt ? [`The offer holds until ${dueAt}.`] : []),
  fr: ({ dueAt }: NoticeData): string[] => (dueAt ? [`La proposition est valable jusqu’au ${dueAt}.`] : []),
};

/** Each notice in each language. */
export const NOTICE_MESSAGES: Readonly<Record<OrderNotice, Record<Language, NoticeMessages>>> = {
  ...RETURN_MESSAGES,
  'payment-link': {
    ro: {
      subject: ({ number }) => `Comanda ta ${number} te așteaptă la plată`,
      title: () => 'Comanda ta e pregătită',
      text: (details) => [
        `Bună, ${details.firstName}! Am pregătit pentru tine comanda ${details.number}. Mai rămâne plata: ${details.amount}.`,
        ...until.ro(details),
      ],
      button: 'Plătește comanda',
    },
    en: {
      subject: ({ number }) => `Your order ${number} is waiting for your payment`,
      title: () => 'Your order is ready',
      text: (details) => [
        `Hello ${details.firstName}, we have put your order ${details.number} together. All that is left is the payment: ${details.amount}.`,
        ...until.en(details),
      ],
      button: 'Pay for the order',
    },
    fr: {
      subject: ({ number }) => `Votre commande ${number} attend votre règlement`,
      title: () => 'Votre commande est prête',
      text: (details) => [
        `Bonjour ${details.firstName}, nous avons préparé votre commande ${details.number}. Il ne reste plus qu’à la régler : ${details.amount}.`,
        ...until.fr(details),
      ],
      button: 'Régler la commande',
    },
  },
  'edit-payment-link': {
    ro: {
      subject: ({ number }) => `Comanda ta ${number}: o diferență de plată`,
      title: () => 'Schimbăm comanda, după plată',
      text: (details) => [
        `Bună, ${details.firstName}! Schimbarea cerută la comanda ${details.number} costă ${details.amount} în plus. O facem imediat ce primim diferența; până atunci comanda rămâne cum era.`,
        ...offered.ro(details),
      ],
      button: 'Plătește diferența',
    },
    en: {
      subject: ({ number }) => `Your order ${number}: a difference to pay`,
      title: () => 'We change your order once it is paid',
      text: (details) => [
        `Hello ${details.firstName}, the change to your order ${details.number} costs ${details.amount} more. We make it as soon as the difference is paid; until then the order stays as it was.`,
        ...offered.en(details),
      ],
      button: 'Pay the difference',
    },
    fr: {
      subject: ({ number }) => `Votre commande ${number} : un complément à régler`,
      title: () => 'Nous modifions votre commande dès le règlement',
      text: (details) => [
        `Bonjour ${details.firstName}, la modification de votre commande ${details.number} coûte ${details.amount} de plus. Nous la faisons dès réception du complément ; d’ici là, la commande reste inchangée.`,
        ...offered.fr(details),
      ],
      button: 'Régler le complément',
    },
  },
  'transfer-instructions': {
    ro: {
      subject: ({ number }) => `Comanda ${number}: datele pentru transferul bancar`,
      title: ({ firstName }) => `Mulțumim, ${firstName}!`,
      text: (details) => [
        `Am notat comanda ${details.number}. O trimitem imediat ce ajunge transferul de ${details.amount}.`,
        `Scrie te rog numărul comenzii la detalii, ca să găsim plata.`,
        ...until.ro(details),
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ number }) => `Order ${number}: details for your bank transfer`,
      title: ({ firstName }) => `Thank you, ${firstName}!`,
      text: (details) => [
        `We have noted your order ${details.number} and send it as soon as your transfer of ${details.amount} is here.`,
        `Please give the order's number as the reference, so that we find your payment.`,
        ...until.en(details),
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ number }) => `Commande ${number} : coordonnées pour votre virement`,
      title: ({ firstName }) => `Merci, ${firstName} !`,
      text: (details) => [
        `Nous avons noté votre commande ${details.number} et l’expédierons dès réception de votre virement de ${details.amount}.`,
        `Merci d’indiquer le numéro de commande en référence, pour que nous retrouvions votre paiement.`,
        ...until.fr(details),
      ],
      button: 'Voir ma commande',
    },
  },
  'payment-received': {
    ro: {
      subject: ({ number }) => `Am primit plata pentru comanda ${number}`,
      title: () => 'Plata a ajuns la noi',
      text: ({ firstName, number, amount }) => [
        `Bună, ${firstName}! Am primit ${amount} pentru comanda ${number}. Mulțumim!`,
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ number }) => `We have your payment for order ${number}`,
      title: () => 'Your payment has arrived',
      text: ({ firstName, number, amount }) => [
        `Hello ${firstName}, we have received ${amount} for your order ${number}. Thank you!`,
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ number }) => `Nous avons reçu le règlement de la commande ${number}`,
      title: () => 'Votre règlement est arrivé',
      text: ({ firstName, number, amount }) => [
        `Bonjour ${firstName}, nous avons bien reçu ${amount} pour votre commande ${number}. Merci !`,
      ],
      button: 'Voir ma commande',
    },
  },
  'refund-made': {
    ro: {
      subject: ({ number }) => `Ți-am trimis banii înapoi pentru comanda ${number}`,
      title: () => 'Banii sunt pe drum spre tine',
      text: ({ firstName, number, amount }) => [
        `Bună, ${firstName}! Am trimis înapoi ${amount} din comanda ${number}, pe calea pe care ai plătit. De obicei suma apare în cont în cel mult zece zile.`,
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ number }) => `Your refund for order ${number}`,
      title: () => 'Your money is on its way back',
      text: ({ firstName, number, amount }) => [
        `Hello ${firstName}, we have sent ${amount} of your order ${number} back the way you paid. It usually shows on your account within ten days.`,
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ number }) => `Votre remboursement pour la commande ${number}`,
      title: () => 'Votre remboursement est en route',
      text: ({ firstName, number, amount }) => [
        `Bonjour ${firstName}, nous vous avons remboursé ${amount} pour la commande ${number}, par le moyen de paiement utilisé. Le montant apparaît en général sous dix jours.`,
      ],
      button: 'Voir ma commande',
    },
  },
  'order-cancelled': {
    ro: {
      subject: ({ number }) => `Comanda ${number} a fost anulată`,
      title: () => 'Comanda a fost anulată',
      text: ({ firstName, number, amount }) => [
        `Bună, ${firstName}! Comanda ${number} a fost anulată și nu o mai trimitem.`,
        amount
          ? `Îți trimitem înapoi ${amount} și îți scriem din nou când banii au plecat.`
          : 'Nu ți s-a luat nicio sumă.',
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ number }) => `Your order ${number} was cancelled`,
      title: () => 'Your order was cancelled',
      text: ({ firstName, number, amount }) => [
        `Hello ${firstName}, your order ${number} was cancelled and will not be sent.`,
        amount
          ? `We are sending ${amount} back and will write again when it has left.`
          : 'No money was taken.',
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ number }) => `Votre commande ${number} a été annulée`,
      title: () => 'Votre commande a été annulée',
      text: ({ firstName, number, amount }) => [
        `Bonjour ${firstName}, votre commande ${number} a été annulée et ne sera pas expédiée.`,
        amount
          ? `Nous vous remboursons ${amount} et vous écrirons dès que ce sera fait.`
          : 'Aucun montant n’a été débité.',
      ],
      button: 'Voir ma commande',
    },
  },
  'invoice-issued': {
    ro: {
      subject: ({ number, reference }) => `Factura ${reference} pentru comanda ${number}`,
      title: () => 'Factura ta',
      text: ({ firstName, number, reference, amount }) => [
        `Bună, ${firstName}! Factura ${reference} pentru comanda ${number}, în valoare de ${amount}, te așteaptă pe pagina comenzii.`,
      ],
      button: 'Descarcă factura',
    },
    en: {
      subject: ({ number, reference }) => `Invoice ${reference} for your order ${number}`,
      title: () => 'Your invoice',
      text: ({ firstName, number, reference, amount }) => [
        `Hello ${firstName}, invoice ${reference} for your order ${number}, over ${amount}, is ready for you on the page of your order.`,
      ],
      button: 'Get the invoice',
    },
    fr: {
      subject: ({ number, reference }) => `Facture ${reference} de votre commande ${number}`,
      title: () => 'Votre facture',
      text: ({ firstName, number, reference, amount }) => [
        `Bonjour ${firstName}, la facture ${reference} de votre commande ${number}, d’un montant de ${amount}, vous attend sur la page de la commande.`,
      ],
      button: 'Télécharger la facture',
    },
  },
  'credit-note-issued': {
    ro: {
      subject: ({ number, reference }) => `Nota de credit ${reference} pentru comanda ${number}`,
      title: () => 'Nota ta de credit',
      text: ({ firstName, number, reference, amount }) => [
        `Bună, ${firstName}! Nota de credit ${reference} pentru comanda ${number}, în valoare de ${amount}, te așteaptă pe pagina comenzii.`,
      ],
      button: 'Descarcă nota de credit',
    },
    en: {
      subject: ({ number, reference }) => `Credit note ${reference} for your order ${number}`,
      title: () => 'Your credit note',
      text: ({ firstName, number, reference, amount }) => [
        `Hello ${firstName}, credit note ${reference} for your order ${number}, over ${amount}, is ready for you on the page of your order.`,
      ],
      button: 'Get the credit note',
    },
    fr: {
      subject: ({ number, reference }) => `Avoir ${reference} de votre commande ${number}`,
      title: () => 'Votre avoir',
      text: ({ firstName, number, reference, amount }) => [
        `Bonjour ${firstName}, l’avoir ${reference} de votre commande ${number}, d’un montant de ${amount}, vous attend sur la page de la commande.`,
      ],
      button: 'Télécharger l’avoir',
    },
  },
};
