import type { Language } from '../../kernel/languages.js';
import type { PaymentMethod } from '../payments/index.js';

export interface InvoiceMessages {
  readonly locale: string;
  readonly invoice: string;
  readonly creditNote: string;
  readonly number: string;
  readonly issued: string;
  readonly order: string;
  readonly paidBy: string;
  readonly corrects: (number: string) => string;
  readonly seller: string;
  readonly buyer: string;
  readonly taxId: string;
  readonly item: string;
  readonly quantity: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly shipping: (name: string) => string;
  readonly refund: string;
  readonly difference: string;
  readonly lessDiscount: (amount: string) => string;
  readonly taxAtRate: (name: string, rate: string) => string;
  readonly totalNet: string;
  readonly totalTax: string;
  readonly total: string;
  readonly credited: string;
  readonly methods: Readonly<Record<PaymentMethod, string>>;
  readonly thanks: string;
  readonly creditThanks: string;
  readonly page: (page: number, pages: number) => string;
}

export const INVOICE_MESSAGES: Readonly<Record<Language, InvoiceMessages>> = {
  ro: {
    locale: 'ro-RO',
    invoice: 'Factură',
    creditNote: 'Factură de stornare',
    number: 'Număr',
    issued: 'Data emiterii',
    order: 'Comanda',
    paidBy: 'Plătită',
    corrects: (number) => `Stornează factura ${number}`,
    seller: 'Furnizor',
    buyer: 'Client',
    taxId: 'CIF',
    item: 'Denumire',
    quantity: 'Cant.',
    rate: 'Cotă',
    net: 'Fără TVA',
    tax: 'TVA',
    gross: 'Total',
    shipping: (name) => `Livrare: ${name}`,
    refund: 'Sumă restituită',
    difference: 'Diferență de plată',
    lessDiscount: (amount) => `După o reducere de ${amount}`,
    taxAtRate: (name, rate) => `${name} ${rate}%`,
    totalNet: 'Total fără TVA',
    totalTax: 'Total TVA',
    total: 'Total',
    credited: 'Total restituit',
    methods: {
      CARD: 'cu cardul',
      CASH_ON_DELIVERY: 'ramburs, la livrare',
      BANK_TRANSFER: 'prin transfer bancar',
      MANUAL: 'conform înțelegerii',
    },
    thanks: 'Îți mulțumim! Factura a fost achitată; nu mai este nimic de plătit.',
    creditThanks: 'Suma a fost restituită pe calea pe care a fost plătită.',
    page: (page, pages) => `Pagina ${page} din ${pages}`,
  },
  en: {
    locale: 'en-GB',
    invoice: 'Invoice',
    creditNote: 'Credit note',
    number: 'Number',
    issued: 'Issued on',
    order: 'Order',
    paidBy: 'Paid',
    corrects: (number) => `Corrects invoice ${number}`,
    seller: 'Seller',
    buyer: 'Buyer',
    taxId: 'VAT no.',
    item: 'Item',
    quantity: 'Qty',
    rate: 'Rate',
    net: 'Net',
    tax: 'VAT',
    gross: 'Total',
    shipping: (name) => `Delivery: ${name}`,
    refund: 'Amount refunded',
    difference: 'Difference paid',
    lessDiscount: (amount) => `After a discount of ${amount}`,
    taxAtRate: (name, rate) => `${name} ${rate}%`,
    totalNet: 'Total net',
    totalTax: 'Total VAT',
    total: 'Total',
    credited: 'Total credited',
    methods: {
      CARD: 'by card',
      CASH_ON_DELIVERY: 'in cash on delivery',
      BANK_TRANSFER: 'by bank transfer',
      MANUAL: 'as agreed',
    },
    thanks: 'Thank you! This invoice has been paid; nothing is left to pay.',
    creditThanks: 'The amount was returned the way it was paid.',
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  fr: {
    locale: 'fr-FR',
    invoice: 'Facture',
    creditNote: 'Avoir',
    number: 'Numéro',
    issued: 'Émise le',
    order: 'Commande',
    paidBy: 'Réglée',
    corrects: (number) => `Rectifie la facture ${number}`,
    seller: 'Vendeur',
    buyer: 'Client',
    taxId: 'N° TVA',
    item: 'Désignation',
    quantity: 'Qté',
    rate: 'Taux',
    net: 'HT',
    tax: 'TVA',
    gross: 'TTC',
    shipping: (name) => `Livraison : ${name}`,
    refund: 'Montant remboursé',
    difference: 'Complément réglé',
    lessDiscount: (amount) => `Après une remise de ${amount}`,
    taxAtRate: (name, rate) => `${name} ${rate} %`,
    totalNet: 'Total HT',
    totalTax: 'Total TVA',
    total: 'Total TTC',
    credited: 'Total remboursé',
    methods: {
      CARD: 'par carte',
      CASH_ON_DELIVERY: 'en espèces à la livraison',
      BANK_TRANSFER: 'par virement',
      MANUAL: 'comme convenu',
    },
    thanks: 'Merci ! Cette facture est réglée ; il ne reste rien à payer.',
    creditThanks: 'Le montant a été remboursé par le moyen de paiement d’origine.',
    page: (page, pages) => `Page ${page} sur ${pages}`,
  },
};
