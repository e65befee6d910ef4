import type { InboxMail } from './inbox-mail.js';

const STYLE = `
  :root { color-scheme: light dark; --ink: #2c2622; --paper: #faf6f0; --card: #fff; --line: #e5dbce; --soft: #75695e; --accent: #a4502f }
  @media (prefers-color-scheme: dark) { :root { --ink: #f0e8de; --paper: #1d1916; --card: #282320; --line: #40382f; --soft: #b3a598; --accent: #e39b78 } }
  * { box-sizing: border-box }
  body { margin: 0 auto; max-width: 56rem; padding: 1.25rem 1rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere }
  h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
  p { margin: 0 0 1rem; color: var(--soft) }
  a { color: var(--accent) }
  ul { list-style: none; margin: 1rem 0 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden }
  li + li { border-top: 1px solid var(--line) }
  li a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem 1rem; color: inherit; text-decoration: none }
  li a:hover, li a:focus-visible { background: var(--paper) }
  strong { overflow-wrap: anywhere }
  small, time { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere }
  li small { grid-column: 1 / -1 }
  @media (max-width: 32rem) { li a { grid-template-columns: 1fr } li time { order: 1 } }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: .75rem 0 1rem }
  dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
  iframe { width: 100%; height: 70vh; min-height: 24rem; border: 1px solid var(--line); border-radius: .6rem; background: #fff }
  pre { margin: 0; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; white-space: pre-wrap; overflow-wrap: anywhere }
`;

export function inboxPage(mails: readonly InboxMail[]): string {
  const items = mails.map(
    ({ id, to, subject, receivedAt }) =>
      `<li><a href="/dev/inbox/${escape(id)}"><strong>${escape(subject)}</strong>${timeOf(receivedAt)}<small>${escape(to)}</small></a></li>`,
  );
  const list =
    items.length > 0
      ? `<ul>${items.join('')}</ul>`
      : '<p>No mail yet. Place an order in the shop and its confirmation appears here.</p>';
  return layout(
    'Inbox',
    `<h1>Inbox</h1><p>Mails of this development shop. Nothing here was really sent.</p>${list}`,
  );
}

export function mailPage(mail: InboxMail | null): string {
  const back = '<p><a href="/dev/inbox">All mails</a></p>';
  if (!mail) return layout('Not found', `${back}<h1>There is no such mail</h1>`);
  const { subject, from, to, html, text, receivedAt } = mail;
  return layout(
    subject,
    `${back}<h1>${escape(subject)}</h1>
    <dl><dt>From</dt><dd>${escape(from)}</dd><dt>To</dt><dd>${escape(to)}</dd><dt>Received</dt><dd>${timeOf(receivedAt)}</dd></dl>
    <iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail as it looks" srcdoc="${escape(html)}"></iframe>
    <h2>As text</h2><pre>${escape(text)}</pre>`,
  );
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title>
<style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

function timeOf(date: Date): string {
  const iso = date.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
