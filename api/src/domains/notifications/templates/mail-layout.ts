import { languageDataOf, type Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import type { MailFrame } from '../../../platform/mails/define-mail.js';
import { markup, webAddress, type Markup } from './markup.js';

/** The recipient: a buyer, or the shop's owner. */
export type Reader = 'BUYER' | 'STAFF';

export const SERIF = "font-family:Fraunces,Georgia,'Times New Roman',serif";
export const MUTED = 'color:#6b6257';

/**
 * The layout of every mail: a table of one column with inline styles, because many mail programs drop everything else.
 * The style block is an addition for those that keep it (dark mode, phones); the mail is readable without it.
 */
export function mailPage(
  { language, shopName }: MailFrame,
  {
    title,
    preview,
    body,
    reader = 'BUYER',
  }: { title: string; preview: string; body: Markup; reader?: Reader },
): string {
  return markup`<!doctype html>
<html lang="${language}"${directionOf(language)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title>
<style>
@media (prefers-color-scheme: dark) { .page { background: #1d1916 !important } .card { background: #282320 !important; border-color: #40382f !important }
 .ink { color: #f0e8de !important } .muted { color: #b3a598 !important } .rule { border-color: #40382f !important } .button { background: #e39b78 !important; color: #1d1916 !important } }
@media (max-width: 480px) { .card { padding: 24px 20px !important } }
</style></head>
<body class="page" style="margin:0;padding:0;background:#faf7f2">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#faf7f2"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
<tr><td class="ink" style="padding:0 4px 16px;${SERIF};font-size:22px;color:#1f1b16">${shopName}</td></tr>
<tr><td class="card ink" style="padding:32px;background:#ffffff;border:1px solid #e6dfd4;border-radius:10px;font-family:Inter,Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1f1b16">
<h1 class="ink" style="margin:0 0 12px;${SERIF};font-weight:500;font-size:28px;line-height:1.2;color:#1f1b16">${title}</h1>
${body}
</td></tr>
<tr><td class="muted" style="padding:16px 4px;font-family:Inter,Arial,Helvetica,sans-serif;font-size:13px;line-height:1.5;${MUTED}">${footer({ language, shopName }, reader)}</td></tr>
</table></td></tr></table></body></html>`.text;
}

export function paragraph(text: string): Markup {
  return markup`<p style="margin:0 0 16px">${text}</p>\n`;
}

/** Nothing if the URL is no web address. */
export function button(label: string, url: string): Markup {
  const address = webAddress(url);
  if (address === null) return markup``;
  return markup`<p style="margin:24px 0 20px"><a class="button" href="${address}" style="display:inline-block;padding:14px 24px;border-radius:6px;background:#9c4524;color:#ffffff;font-weight:600;text-decoration:none">${label}</a></p>\n`;
}

export function heading(text: string): Markup {
  return markup`<h2 class="ink" style="margin:28px 0 8px;${SERIF};font-weight:500;font-size:18px;color:#1f1b16">${text}</h2>\n`;
}

/** Left to right is what a page is without the attribute. */
function directionOf(language: Language): Markup {
  return languageDataOf(language).direction === 'rtl' ? markup` dir="rtl"` : markup``;
}

function footer({ language, shopName }: Omit<MailFrame, 'timeZone'>, reader: Reader): string {
  const key = reader === 'STAFF' ? 'footer.staff' : 'footer.buyer';
  return messagesOf('mails/layout', language).text(key, { shop: shopName });
}

/** The text form: the same layout without markup. */
export function mailText(
  frame: MailFrame,
  rows: readonly (string | null)[],
  reader: Reader = 'BUYER',
): string {
  return [...rows.filter((row) => row !== null), '', '--', footer(frame, reader), ''].join('\n');
}
