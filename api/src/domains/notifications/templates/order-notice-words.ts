import type { Language } from '../../../kernel/languages.js';
import type { OrderNotice } from './mail-model.js';
import { RETURN_WORDS } from './return-notice-words.js';
import type { NoticeFacts, NoticeWords } from './words.js';

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
  ro: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`O păstrăm pentru tine până la ${dueAt}.`] : []),
  en: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`We keep it for you until ${dueAt}.`] : []),
  fr: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`Nous vous la gardons jusqu’au ${dueAt}.`] : []),
};

const offered = {
  ro: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`Propunerea rămâne valabilă până la ${dueAt}.`] : []),
  en: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`The offer holds until ${dueAt}.`] : []),
  fr: ({ dueAt }: NoticeFacts): string[] => (dueAt ? [`La proposition est valable jusqu’au ${dueAt}.`] : []),
};

/** Each notice in each language. */
export const NOTICE_WORDS: Readonly<Record<OrderNotice, Record<Language, NoticeWords>>> = {
  ...RETURN_WORDS,
  'payment-link': {
    ro: {
      subject: ({ number }) => `Comanda ta ${number} te așteaptă la plată`,
      title: () => 'Comanda ta e pregătită',
      text: (facts) => [
        `Bună, ${facts.firstName}! Am pregătit pentru tine comanda ${facts.number}. Mai rămâne plata: ${facts.amount}.`,
        ...until.ro(facts),
      ],
      button: 'Plătește comanda',
    },
    en: {
      subject: ({ number }) => `Your order ${number} is waiting for your payment`,
      title: () => 'Your order is ready',
      text: (facts) => [
        `Hello ${facts.firstName}, we have put your order ${facts.number} together. All that is left is the payment: ${facts.amount}.`,
        ...until.en(facts),
      ],
      button: 'Pay for the order',
    },
    fr: {
      subject: ({ number }) => `Votre commande ${number} attend votre règlement`,
      title: () => 'Votre commande est prête',
      text: (facts) => [
        `Bonjour ${facts.firstName}, nous avons préparé votre commande ${facts.number}. Il ne reste plus qu’à la régler : ${facts.amount}.`,
        ...until.fr(facts),
      ],
      button: 'Régler la commande',
    },
  },
  'edit-payment-link': {
    ro: {
      subject: ({ number }) => `Comanda ta ${number}: o diferență de plată`,
      title: () => 'Schimbăm comanda, după plată',
      text: (facts) => [
        `Bună, ${facts.firstName}! Schimbarea cerută la comanda ${facts.number} costă ${facts.amount} în plus. O facem imediat ce primim diferența; până atunci comanda rămâne cum era.`,
        ...offered.ro(facts),
      ],
      button: 'Plătește diferența',
    },
    en: {
      subject: ({ number }) => `Your order ${number}: a difference to pay`,
      title: () => 'We change your order once it is paid',
      text: (facts) => [
        `Hello ${facts.firstName}, the change to your order ${facts.number} costs ${facts.amount} more. We make it as soon as the difference is paid; until then the order stays as it was.`,
        ...offered.en(facts),
      ],
      button: 'Pay the difference',
    },
    fr: {
      subject: ({ number }) => `Votre commande ${number} : un complément à régler`,
      title: () => 'Nous modifions votre commande dès le règlement',
      text: (facts) => [
        `Bonjour ${facts.firstName}, la modification de votre commande ${facts.number} coûte ${facts.amount} de plus. Nous la faisons dès réception du complément ; d’ici là, la commande reste inchangée.`,
        ...offered.fr(facts),
      ],
      button: 'Régler le complément',
    },
  },
  'transfer-instructions': {
    ro: {
      subject: ({ number }) => `Comanda ${number}: datele pentru transferul bancar`,
      title: ({ firstName }) => `Mulțumim, ${firstName}!`,
      text: (facts) => [
        `Am notat comanda ${facts.number}. O trimitem imediat ce ajunge transferul de ${facts.amount}.`,
        `Scrie te rog numărul comenzii la detalii, ca să găsim plata.`,
        ...until.ro(facts),
      ],
      button: 'Vezi comanda',
    },
    en: {
      subject: ({ number }) => `Order ${number}: details for your bank transfer`,
      title: ({ firstName }) => `Thank you, ${firstName}!`,
      text: (facts) => [
        `We have noted your order ${facts.number} and send it as soon as your transfer of ${facts.amount} is here.`,
        `Please give the order's number as the reference, so that we find your payment.`,
        ...until.en(facts),
      ],
      button: 'See your order',
    },
    fr: {
      subject: ({ number }) => `Commande ${number} : coordonnées pour votre virement`,
      title: ({ firstName }) => `Merci, ${firstName} !`,
      text: (facts) => [
        `Nous avons noté votre commande ${facts.number} et l’expédierons dès réception de votre virement de ${facts.amount}.`,
        `Merci d’indiquer le numéro de commande en référence, pour que nous retrouvions votre paiement.`,
        ...until.fr(facts),
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
