import type { Language } from '../src/app/messages/language';

interface Messages {
  failure: { title: string; text: string };
}
const messages = import.meta.glob<Messages>('../../locales/*/storefront-server.json', {
  import: 'default',
  eager: true,
});

/** The page sent when even the error page could not be rendered. Needs no script, no style file and no API. */
export function failurePage(language: Language): string {
  const { title = '', text = '' } =
    messages[`../../locales/${language}/storefront-server.json`]?.failure ?? {};
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title></head><body style="font:1.125rem/1.6 Georgia,serif;background:#faf7f2;color:#1f1b16;max-width:32rem;margin:18vh auto;padding:0 1.5rem"><h1 style="font-weight:400">${title}</h1><p>${text}</p></body></html>`;
}
