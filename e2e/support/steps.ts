import type { Browser, Cookie, Locator, Page } from 'playwright-core';
import { openInShop } from './pages.ts';
import { DESKTOP, inAdmin, visitor } from './visitor.ts';
import { thisShop } from './this-shop.ts';

export async function signInToAdmin(page: Page, admin = inAdmin('/')): Promise<void> {
  await page.goto(admin);
  await page.getByLabel('E-mail').fill('admin@example.com');
  await page.getByLabel('Password', { exact: true }).fill('Admin@123');
  await pressSignIn(page);
  // The menu is folded away on a phone; the page itself is not.
  await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor();
}

/**
 * Sends the sign-in page that is filled in. All journeys sign in from one address, so the sign-in limit may require waiting.
 * Where it was only slow, the button may go away before it is pressed again.
 */
export async function pressSignIn(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.click();
  for (let tries = 0; tries < 6 && !(await isGone(button)); tries++)
    await button.click({ timeout: 1000 }).catch(() => undefined);
}

/** Whether it goes away within a few seconds. */
const isGone = (place: Locator): Promise<boolean> =>
  place.waitFor({ state: 'hidden', timeout: 10_000 }).then(
    () => true,
    () => false,
  );

/** The cookies of staff, signed in once per file, because the API limits sign-ins per minute. */
export async function staffCookies(browser: Browser): Promise<Cookie[]> {
  const { page, context } = await visitor(browser, DESKTOP);
  await signInToAdmin(page);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/**
 * Goes to another page of the open admin as its links do, which takes a tenth of loading it anew, and waits until it and
 * its rows are there: it has another heading, or the tab that leads to it is the current one.
 */
export async function goInAdmin(page: Page, path: string): Promise<void> {
  const heading = await page.locator('main h1').first().textContent();
  await page.evaluate(
    (to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: null }));
    },
    new URL(inAdmin(path)).pathname,
  );
  await page.waitForFunction((before) => {
    const now = document.querySelector('main h1')?.textContent;
    const tab = document.querySelector<HTMLAnchorElement>('main a[aria-current=page]');
    const isThere = now !== before || tab?.pathname === location.pathname;
    return now && isThere && !document.querySelector('main [aria-busy=true]');
  }, heading);
}

export async function signInToShop(page: Page, email: string, password: string): Promise<void> {
  await openInShop(page, '/en/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/account/);
}

export interface InboxMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The mails to this address, newest first. */
export async function mailsTo(address: string): Promise<InboxMail[]> {
  const answer = await fetch(`${thisShop().apiUrl}/dev/inbox.json`);
  return ((await answer.json()) as InboxMail[]).filter(({ to }) => to === address);
}
