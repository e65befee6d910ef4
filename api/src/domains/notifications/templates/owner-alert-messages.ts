import type { Language } from '../../../kernel/languages.js';
import type { OwnerAlert } from './mail-model.js';
import type { AlertMessages } from './messages.js';

export const ALERT_MESSAGES: Readonly<Record<Language, Record<OwnerAlert, AlertMessages>>> = {
  ro: {
    'new-order': {
      title: ({ subject, amount }) => `Comandă nouă: ${subject}, ${amount}`,
      text: ({ detail }) => `O comandă nouă așteaptă să fie pregătită. Livrare: ${detail}.`,
      button: 'Deschide comanda',
    },
    'stock-low': {
      title: ({ subject }) => `Stoc redus: ${subject}`,
      text: ({ count, detail }) =>
        count > 0
          ? `Mai sunt ${count} libere la vânzare; pragul este ${detail}.`
          : `Nu mai este nimic liber la vânzare; pragul este ${detail}.`,
      button: 'Deschide stocul',
    },
    'return-requested': {
      title: ({ subject }) => `Cerere de retur: ${subject}`,
      text: ({ detail }) =>
        `Un client vrea să trimită ceva înapoi din comanda ${detail}. Cererea așteaptă un răspuns.`,
      button: 'Deschide returul',
    },
    'refund-failed': {
      title: ({ subject }) => `Rambursare eșuată: comanda ${subject}`,
      text: ({ amount, detail }) =>
        `Banii (${amount}) nu au ajuns la client${detail ? ` (${detail})` : ''}. Trimite-i din nou sau pe altă cale.`,
      button: 'Deschide comanda',
    },
    'dispute-opened': {
      title: ({ subject }) => `Plată contestată: comanda ${subject}`,
      text: ({ amount, dueAt }) =>
        `Clientul a cerut băncii ${amount} înapoi.${dueAt ? ` Dovezile trebuie trimise furnizorului de plăți până la ${dueAt}.` : ''} Până la decizie, comanda nu se trimite și nu se rambursează.`,
      button: 'Deschide comanda',
    },
    'payment-mismatch': {
      title: ({ subject }) => `O plată nu se potrivește: comanda ${subject}`,
      text: ({ amount }) =>
        `Plata comenzii (${amount} așteptați) nu este cea convenită sau nu mai este acoperită. Comanda așteaptă decizia unui om.`,
      button: 'Deschide comanda',
    },
    'order-refused-late': {
      title: ({ subject }) => `Plată venită prea târziu: comanda ${subject}`,
      text: ({ amount }) =>
        `Plata de ${amount} a venit după ce comanda s-a închis și marfa nu mai era liberă. Banii se întorc singuri la client.`,
      button: 'Deschide comanda',
    },
    'webhook-dead': {
      title: ({ subject }) => `Mesaj de plată neprelucrat: ${subject}`,
      text: () =>
        'Un mesaj al furnizorului de plăți nu a putut fi prelucrat nici după zece încercări. Poate fi reluat din birou.',
      button: 'Deschide mesajul',
    },
    'payment-outage': {
      title: ({ subject }) => `Plățile cu cardul nu funcționează: ${subject}`,
      text: ({ detail }) =>
        detail === 'LOCKED_OUT'
          ? 'Furnizorul de plăți refuză cheile magazinului. Nimeni nu poate plăti până nu sunt puse chei valabile; comenzile se păstrează.'
          : 'Furnizorul de plăți nu răspunde de mai multe ori la rând. Comenzile se păstrează, iar magazinul încearcă din nou singur.',
      button: 'Deschide comenzile',
    },
    'mail-failed': {
      title: ({ subject }) => `Un e-mail nu a ajuns: ${subject}`,
      text: ({ detail }) =>
        `Un e-mail către client (${detail}) nu a putut fi livrat. În listă scrie de ce; de acolo poate fi trimis din nou, și la altă adresă.`,
      button: 'Deschide e-mailurile',
    },
    'integrity-broken': {
      title: ({ count }) => `Registrele nu se potrivesc: ${count} abateri`,
      text: ({ detail }) => `Verificarea de noapte a găsit reguli încălcate: ${detail}.`,
      button: 'Deschide raportul',
    },
    'stock-held-unpaid': {
      title: ({ count, detail }) => `Stoc ținut fără plată: ${count} bucăți (${detail} %)`,
      text: ({ subject }) =>
        `Cineva ține o parte mare din stoc prin comenzi pe care nu le-a plătit nimeni${subject ? ` (ultima: ${subject})` : ''}. Dacă nu pare un client adevărat, deschide o comandă și alege „Eliberează și blochează”.`,
      button: 'Deschide comenzile',
    },
    'token-reused': {
      title: ({ subject }) => `Cheie de sesiune folosită de două ori: ${subject}`,
      text: ({ subject }) =>
        `Cheia care ține conectat un dispozitiv la contul ${subject} a venit a doua oară: poate a fost copiată. Dispozitivul a fost deconectat, iar titularul contului a primit un e-mail.`,
      button: 'Deschide clienții',
    },
    'logins-refused': {
      title: ({ subject }) => `Multe parole greșite${subject ? `: ${subject}` : ' în magazin'}`,
      text: ({ subject, count }) =>
        `Într-o oră au fost refuzate peste ${count} conectări${subject ? ` la contul ${subject}` : ''}. Cineva încearcă poate parole. Încercările sunt limitate; jurnalul spune de la câte rețele vin.`,
      button: 'Deschide clienții',
    },
  },
  en: {
    'new-order': {
      title: ({ subject, amount }) => `New order: ${subject}, ${amount}`,
      text: ({ detail }) => `A new order is waiting to be packed. Delivery: ${detail}.`,
      button: 'Open the order',
    },
    'stock-low': {
      title: ({ subject }) => `Low stock: ${subject}`,
      text: ({ count, detail }) =>
        count > 0
          ? `${count} are left for sale; the threshold is ${detail}.`
          : `Nothing is left for sale; the threshold is ${detail}.`,
      button: 'Open the stock',
    },
    'return-requested': {
      title: ({ subject }) => `Return requested: ${subject}`,
      text: ({ detail }) =>
        `A customer wants to send something of order ${detail} back and waits for an answer.`,
      button: 'Open the return',
    },
    'refund-failed': {
      title: ({ subject }) => `Refund failed: order ${subject}`,
      text: ({ amount, detail }) =>
        `The money (${amount}) did not reach the customer${detail ? ` (${detail})` : ''}. Send it again or another way.`,
      button: 'Open the order',
    },
    'dispute-opened': {
      title: ({ subject }) => `Payment disputed: order ${subject}`,
      text: ({ amount, dueAt }) =>
        `The customer asked the bank for ${amount} back.${dueAt ? ` The payment provider wants evidence by ${dueAt}.` : ''} Until it is decided the order is neither shipped nor refunded.`,
      button: 'Open the order',
    },
    'payment-mismatch': {
      title: ({ subject }) => `A payment does not fit: order ${subject}`,
      text: ({ amount }) =>
        `The payment of this order (${amount} expected) is not what was agreed, or is no longer covered. The order waits for a person to decide.`,
      button: 'Open the order',
    },
    'order-refused-late': {
      title: ({ subject }) => `Paid too late: order ${subject}`,
      text: ({ amount }) =>
        `The payment of ${amount} came after the order had closed and the goods were gone. The money goes back to the customer by itself.`,
      button: 'Open the order',
    },
    'webhook-dead': {
      title: ({ subject }) => `Payment message not processed: ${subject}`,
      text: () =>
        'A message of the payment provider could not be processed, ten times in a row. It can be replayed in the back office.',
      button: 'Open the message',
    },
    'payment-outage': {
      title: ({ subject }) => `Card payments do not work: ${subject}`,
      text: ({ detail }) =>
        detail === 'LOCKED_OUT'
          ? 'The payment provider refuses the keys of the shop. Nobody can pay until valid keys are set; orders are kept.'
          : 'The payment provider gave no answer several times in a row. Orders are kept, and the shop tries again by itself.',
      button: 'Open the orders',
    },
    'mail-failed': {
      title: ({ subject }) => `A mail did not arrive: ${subject}`,
      text: ({ detail }) =>
        `A mail to a customer (${detail}) could not be delivered. The list says why; from there it can be sent again, to another address too.`,
      button: 'Open the mails',
    },
    'integrity-broken': {
      title: ({ count }) => `The books do not balance: ${count} ${count === 1 ? 'finding' : 'findings'}`,
      text: ({ detail }) => `The nightly audit found broken laws: ${detail}.`,
      button: 'Open the report',
    },
    'stock-held-unpaid': {
      title: ({ count, detail }) => `Stock held without payment: ${count} units (${detail} %)`,
      text: ({ subject }) =>
        `Somebody holds a large part of the stock by orders that nobody has paid${subject ? ` (the latest: ${subject})` : ''}. If it does not look like a real customer, open one of the orders and choose “Release and block”.`,
      button: 'Open the orders',
    },
    'token-reused': {
      title: ({ subject }) => `A session key was used twice: ${subject}`,
      text: ({ subject }) =>
        `The key that keeps a device signed in to the account ${subject} came a second time: it may have been copied. The device was signed out, and whoever has the account got a mail.`,
      button: 'Open the customers',
    },
    'logins-refused': {
      title: ({ subject }) => `Many wrong passwords${subject ? `: ${subject}` : ' in the shop'}`,
      text: ({ subject, count }) =>
        `More than ${count} logins${subject ? ` of the account ${subject}` : ''} were refused within an hour. Somebody may be trying passwords. Attempts are limited; the log tells from how many networks they come.`,
      button: 'Open the customers',
    },
  },
  fr: {
    'new-order': {
      title: ({ subject, amount }) => `Nouvelle commande : ${subject}, ${amount}`,
      text: ({ detail }) => `Une nouvelle commande attend d’être préparée. Livraison : ${detail}.`,
      button: 'Ouvrir la commande',
    },
    'stock-low': {
      title: ({ subject }) => `Stock bas : ${subject}`,
      text: ({ count, detail }) =>
        count > 0
          ? `Il en reste ${count} à la vente ; le seuil est de ${detail}.`
          : `Il n’en reste plus à la vente ; le seuil est de ${detail}.`,
      button: 'Ouvrir le stock',
    },
    'return-requested': {
      title: ({ subject }) => `Demande de retour : ${subject}`,
      text: ({ detail }) =>
        `Un client souhaite renvoyer des articles de la commande ${detail} et attend une réponse.`,
      button: 'Ouvrir le retour',
    },
    'refund-failed': {
      title: ({ subject }) => `Remboursement échoué : commande ${subject}`,
      text: ({ amount, detail }) =>
        `L’argent (${amount}) n’est pas arrivé chez le client${detail ? ` (${detail})` : ''}. À renvoyer, ou par une autre voie.`,
      button: 'Ouvrir la commande',
    },
    'dispute-opened': {
      title: ({ subject }) => `Paiement contesté : commande ${subject}`,
      text: ({ amount, dueAt }) =>
        `Le client a réclamé ${amount} à sa banque.${dueAt ? ` Le prestataire attend les justificatifs avant le ${dueAt}.` : ''} D’ici la décision, la commande n’est ni expédiée ni remboursée.`,
      button: 'Ouvrir la commande',
    },
    'payment-mismatch': {
      title: ({ subject }) => `Un paiement ne correspond pas : commande ${subject}`,
      text: ({ amount }) =>
        `Le paiement de cette commande (${amount} attendus) n’est pas celui convenu, ou n’est plus couvert. La commande attend une décision.`,
      button: 'Ouvrir la commande',
    },
    'order-refused-late': {
      title: ({ subject }) => `Payé trop tard : commande ${subject}`,
      text: ({ amount }) =>
        `Le paiement de ${amount} est arrivé après la clôture de la commande, les articles n’étant plus disponibles. L’argent retourne au client de lui-même.`,
      button: 'Ouvrir la commande',
    },
    'webhook-dead': {
      title: ({ subject }) => `Message de paiement non traité : ${subject}`,
      text: () =>
        'Un message du prestataire de paiement n’a pas pu être traité, dix fois de suite. Il peut être rejoué dans l’administration.',
      button: 'Ouvrir le message',
    },
    'payment-outage': {
      title: ({ subject }) => `Les paiements par carte ne marchent pas : ${subject}`,
      text: ({ detail }) =>
        detail === 'LOCKED_OUT'
          ? 'Le prestataire de paiement refuse les clés de la boutique. Personne ne peut payer tant que des clés valables ne sont pas saisies ; les commandes sont conservées.'
          : 'Le prestataire de paiement n’a pas répondu plusieurs fois de suite. Les commandes sont conservées et la boutique réessaie d’elle-même.',
      button: 'Ouvrir les commandes',
    },
    'mail-failed': {
      title: ({ subject }) => `Un e-mail n’est pas arrivé : ${subject}`,
      text: ({ detail }) =>
        `Un e-mail à un client (${detail}) n’a pas pu être remis. La liste dit pourquoi ; on peut l’y renvoyer, aussi à une autre adresse.`,
      button: 'Ouvrir les e-mails',
    },
    'integrity-broken': {
      title: ({ count }) => `Les livres ne concordent pas : ${count} ${count > 1 ? 'écarts' : 'écart'}`,
      text: ({ detail }) => `Le contrôle de la nuit a trouvé des règles enfreintes : ${detail}.`,
      button: 'Ouvrir le rapport',
    },
    'stock-held-unpaid': {
      title: ({ count, detail }) => `Stock retenu sans paiement : ${count} pièces (${detail} %)`,
      text: ({ subject }) =>
        `Quelqu’un retient une grande partie du stock par des commandes que personne n’a payées${subject ? ` (la dernière : ${subject})` : ''}. Si cela ne ressemble pas à un vrai client, ouvrez une commande et choisissez « Libérer et bloquer ».`,
      button: 'Ouvrir les commandes',
    },
    'token-reused': {
      title: ({ subject }) => `Une clé de session a servi deux fois : ${subject}`,
      text: ({ subject }) =>
        `La clé qui garde un appareil connecté au compte ${subject} est arrivée une seconde fois : elle a peut-être été copiée. L’appareil a été déconnecté et le titulaire du compte a reçu un e-mail.`,
      button: 'Ouvrir les clients',
    },
    'logins-refused': {
      title: ({ subject }) =>
        `Beaucoup de mots de passe erronés${subject ? ` : ${subject}` : ' dans la boutique'}`,
      text: ({ subject, count }) =>
        `Plus de ${count} connexions${subject ? ` au compte ${subject}` : ''} ont été refusées en une heure. Quelqu’un essaie peut-être des mots de passe. Les essais sont limités ; le journal dit de combien de réseaux ils viennent.`,
      button: 'Ouvrir les clients',
    },
  },
};
