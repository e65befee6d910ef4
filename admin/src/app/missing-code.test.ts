import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useMissingCode, watchForMissingCode } from './missing-code';

const HERE = location.pathname + location.search;
const Page = { template: '<p />' };
const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: Page }] });
const { waiting, dismiss } = useMissingCode();

let loaded: string[];
let unsaved: boolean;
let answer: (isThere: boolean) => void;
watchForMissingCode(router, {
  hasUnsaved: () => unsaved,
  isAnswering: () => new Promise((resolve) => (answer = resolve)),
  load: (href) => void loaded.push(href),
});
beforeEach(() => {
  loaded = [];
  unsaved = false;
  dismiss();
  sessionStorage.removeItem('vitrine-admin-loaded-again');
});

/** The code of a part of the open page is missing; the server answers the probe. */
async function missPart(isAnswering: boolean, meanwhile = (): void => undefined): Promise<void> {
  window.dispatchEvent(new Event('vite:preloadError'));
  meanwhile();
  answer(isAnswering);
  await new Promise((resolve) => setTimeout(resolve));
}

describe('when the code of a part of the open page is missing', () => {
  it('the page is loaded again after an update of the shop', async () => {
    await missPart(true);

    expect(loaded).toEqual([HERE]);
    expect(waiting.value).toBeNull();
  });

  it('it stays as it is while the server cannot be reached', async () => {
    await missPart(false);

    expect(loaded).toEqual([]);
    expect(waiting.value).toBe(HERE);
  });

  it('nothing that is typed and not saved is taken by a load, however quickly the server is back', async () => {
    await missPart(true, () => (unsaved = true));

    expect(loaded).toEqual([]);
    expect(waiting.value).toBe(HERE);
  });

  it('neither is what is entered in a dialog', async () => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    document.body.append(dialog);
    try {
      await missPart(true);
    } finally {
      dialog.remove();
    }

    expect(loaded).toEqual([]);
    expect(waiting.value).toBe(HERE);
  });
});
