import { createRequire } from 'node:module';
import { languageDataOf } from '../../kernel/languages.js';
import { messagesOf } from '../messages.js';
import type { MailFrame } from './define-mail.js';
import { markup, type Markup } from './markup.js';
import { CARD, DARK, EDGE, INK, MUTED, PAGE, SANS, SERIF } from './mail-colors.js';
import { mailHead, PLATE_IN_THE_DARK } from './mail-head.js';

/** The recipient: a buyer, or the shop's owner. */
export type Reader = 'BUYER' | 'STAFF';

interface MailContent {
  readonly title: string;
  /** The line that lists of mails show after the subject. */
  readonly preview: string;
  /** Parts of `mail-parts.ts`. */
  readonly body: Markup;
  readonly reader?: Reader;
}

/**
 * The HTML of a mail: its parts within the layout of every mail, laid out by MJML so that also Outlook and phones show it.
 *
 * @throws Error where `body` is no MJML
 */
export function mailPage(frame: MailFrame, { title, preview, body, reader = 'BUYER' }: MailContent): string {
  const { language } = frame;
  const page = asHtml(markup`<mjml lang="${language}" dir="${languageDataOf(language).direction}">
<mj-head><mj-title>${TITLE}</mj-title><mj-preview>${preview}</mj-preview>
<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
<mj-attributes><mj-all font-family="${SANS}" />${defaultsIn(frame)}</mj-attributes>
<mj-style>${stylesOf(frame)}</mj-style></mj-head>
<mj-body width="600px" background-color="${PAGE}" css-class="page">
<mj-section padding="24px 16px 0"><mj-column>${mailHead(frame)}</mj-column></mj-section>
<mj-wrapper padding="0 12px"><mj-section css-class="card" padding="32px" background-color="${CARD}" border="1px solid ${EDGE}" border-radius="10px"><mj-column>
<mj-text css-class="ink" padding="0 0 12px"><h1 style="${H1}">${title}</h1></mj-text>
${body}
</mj-column></mj-section></mj-wrapper>
<mj-section padding="16px 16px 24px"><mj-column><mj-text css-class="muted" padding="0" font-size="13px" color="${MUTED}">${footer(frame, reader)}</mj-text></mj-column></mj-section>
</mj-body></mjml>`);
  return page.replaceAll(TITLE, () => markup`${title}`.text);
}

/** `label: value` of the text form, or a heading without a value, with the colon as the language sets it. */
export function labelled({ language }: Pick<MailFrame, 'language'>, label: string, value = ''): string {
  return messagesOf('mails/layout', language).text('labelled', { label, value }).trimEnd();
}

/** The text form: the same layout without markup. */
export function mailText(
  frame: MailFrame,
  rows: readonly (string | null)[],
  reader: Reader = 'BUYER',
): string {
  return [...rows.filter((row) => row !== null), '', '--', footer(frame, reader), ''].join('\n');
}

/**
 * Stands for the title until the page is made: it becomes an attribute too, in which mrml writes no-break spaces and
 * backslashes as Rust does (`\\u{a0}`).
 */
const TITLE = '__title_of_the_mail__';

const H1 = `margin:0;font-family:${SERIF};font-weight:500;font-size:28px;line-height:1.2`;

/** For mail programs that keep a style block: dark mode, and less room at the edges of a phone. */
const stylesOf = ({ brand }: MailFrame): Markup => markup`@media (prefers-color-scheme: dark) {
body, .page { background-color: ${DARK.page} !important }
.card, .card > table { background: ${DARK.card} !important; background-color: ${DARK.card} !important }
.card > table > tbody > tr > td, .rule { border-color: ${DARK.edge} !important }
.ink, .ink * { color: ${DARK.ink} !important }
.muted, .muted * { color: ${DARK.muted} !important }
.button td, .button a { background: ${brand.darkAccent} !important; color: ${brand.onDarkAccent} !important }
${PLATE_IN_THE_DARK}
}
@media (max-width: 480px) { .card > table > tbody > tr > td { padding: 24px 20px !important } }`;

/** What the parts look like unless they say something else, from the side on which the language begins. */
function defaultsIn({ language, brand }: MailFrame): Markup {
  const side = languageDataOf(language).direction === 'rtl' ? 'right' : 'left';
  return markup`<mj-text padding="0 0 16px" font-size="16px" line-height="1.5" color="${INK}" align="${side}" /><mj-table padding="0 0 8px" font-size="16px" line-height="1.4" color="${INK}" align="${side}" /><mj-button align="${side}" background-color="${brand.accent}" color="${brand.onAccent}" />`;
}

function footer({ language, shopName }: MailFrame, reader: Reader): string {
  const key = reader === 'STAFF' ? 'footer.staff' : 'footer.buyer';
  return messagesOf('mails/layout', language).text(key, { shop: shopName });
}

type Mrml = typeof import('mrml');
type Engine = InstanceType<Mrml['Engine']>;

const load = createRequire(import.meta.url);
let engine: Engine | null = null;

/**
 * MJML by its implementation in Rust: that in JavaScript takes 100 MB and nine times as long. It is loaded with the first
 * mail, as a process that writes none can do without it.
 */
function asHtml({ text }: Markup): string {
  engine ??= newEngine();
  const result = engine.toHtml(text);
  if (result.type === 'error') throw new Error(`A mail could not be laid out: ${result.message}`);
  return result.content;
}

function newEngine(): Engine {
  // In a statement of its own: the compiler drops the brackets of a cast after `new`, and that calls the class without it.
  const { Engine } = load('mrml') as Mrml;
  return new Engine();
}
