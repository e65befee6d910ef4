import { plainIban } from '../../domains/payments/index.js';
import type { Given } from './given-settings.js';

/** The seller of the demonstration, which stands on invoices where the settings name none. */
export const DEMO_SELLER = {
  name: 'Lut & Lână SRL',
  address: 'Strada Olarilor 12|500026 Brașov|România',
  taxId: 'RO00000000',
} as const;

/** Its bank account: the example of the standard, which every bank refuses. */
export const DEMO_ACCOUNT = { holder: 'Lut & Lână SRL (demo)', iban: 'RO49AAAA1B31007593840000' } as const;

/** The sender of its mails. */
export const DEMO_SENDER = 'Lut & Lână <comenzi@lutsilana.example>';

/** The examples of the IBAN registry, of the banks' own papers and of test suites; they have right check digits. */
const EXAMPLE_IBANS = new Set(
  (
    'RO49AAAA1B31007593840000 RO09BCYP0000001234567890 AL47212110090000000235698741 AD1200012030200359100100 ' +
    'AT611904300234573201 BA391290079401028494 BE68539007547034 BE71096123456769 BG80BNBG96611020345678 ' +
    'CH9300762011623852957 CY17002001280000001200527600 CZ6508000000192000145399 CZ9455000000001011038930 ' +
    'DE89370400440532013000 DE02120300000000202051 DE12500105170648489890 DE75512108001245126199 DK5000400440116243 ' +
    'EE382200221020145685 ES9121000418450200051332 ES7921000813610123456789 FI2112345600000785 ' +
    'FR1420041010050500013M02606 FR7630006000011234567890189 GB29NWBK60161331926819 GB33BUKB20201555555555 ' +
    'GB82WEST12345698765432 GE29NB0000000101904917 GI75NWBK000000007099453 GR1601101250000000012300695 ' +
    'HR1210010051863000160 HU42117730161111101800000000 IE29AIBK93115212345678 IE64IRCE92050112345678 ' +
    'IS140159260076545510730339 IT60X0542811101000000123456 LI21088100002324013AA LT121000011101001000 ' +
    'LU280019400644750000 LV80BANK0000435195001 MC5811222000010123456789030 MD24AG000225100013104168 ' +
    'ME25505000012345678951 MK07250120000058984 MT84MALT011000012345MTLCAST001S NL91ABNA0417164300 ' +
    'NL02ABNA0123456789 NO9386011117947 PL61109010140000071219812874 PT50000201231234567890154 RS35260005601001611379 ' +
    'SE4550000000058398257466 SI56263300012039086 SI56191000000123438 SK3112000000198742637541 ' +
    'SM86U0322509800000000270100 TR330006100519786457841326 UA213223130000026007233566001 XK051212012345678906'
  ).split(' '),
);

/** What of the seller a public shop must not have from the demonstration, in any spelling. */
export function demoSeller(env: Given): string[] {
  const wrong = (['SELLER_NAME', 'SELLER_ADDRESS', 'SELLER_TAX_ID'] as const)
    .filter((name) => !env[name])
    .map((name) => `${name} is missing: invoices would name the seller of the demonstration`);
  if (isDemoName(env['SELLER_NAME']))
    wrong.push(
      'SELLER_NAME is wrong: it is that of the demonstration; write the name that stands on invoices',
    );
  if (/^(str(ada)?)?olarilor(nr)?12500026/.test(letters(env['SELLER_ADDRESS'])))
    wrong.push(
      'SELLER_ADDRESS is wrong: it is that of the demonstration; write the address that stands on invoices, its lines divided by |',
    );
  if (env['SELLER_TAX_ID'] && /^[a-z]*0*$/.test(letters(env['SELLER_TAX_ID'])))
    wrong.push(
      `SELLER_TAX_ID is wrong: ${env['SELLER_TAX_ID']} is that of the demonstration; write the seller's own`,
    );
  return wrong;
}

/** What of the account a public shop must not have from the demonstration or an example. */
export function demoAccount(env: Given): string[] {
  const wrong: string[] = [];
  if (EXAMPLE_IBANS.has(plainIban(env['BANK_TRANSFER_IBAN'] ?? '')))
    wrong.push(
      'BANK_TRANSFER_IBAN is wrong: it is the one of an example; write the account that the money shall reach',
    );
  if (isDemoName(env['BANK_TRANSFER_HOLDER']))
    wrong.push(
      'BANK_TRANSFER_HOLDER is wrong: it is that of the demonstration; write the name on the account',
    );
  return wrong;
}

/** `S.C. LUT SI LANA S.R.L.` as well. */
function isDemoName(name: string | undefined): boolean {
  return /^(sc)?lut(si|and|et|und)?lana(srl|srld|sarl|sa)?(demo)?$/.test(letters(name));
}

/** Letters and digits only, without accents, in lower case. */
function letters(text = ''): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z\d]/g, '');
}
