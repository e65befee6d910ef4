/** Where a value is kept: "local" outlives the browser, "session" ends with the tab. */
export type StorageArea = 'local' | 'session';

/** Stands in for a storage that the browser refuses; it ends with the page. */
const onThisPage = new Map<string, string>();

/**
 * The value kept under a name, or null when there is none.
 *
 * Never throws: a browser that blocks storage must not stop a purchase.
 */
export function readStored(area: StorageArea, name: string): string | null {
  try {
    return storageOf(area).getItem(name) ?? onThisPage.get(`${area} ${name}`) ?? null;
  } catch {
    return onThisPage.get(`${area} ${name}`) ?? null;
  }
}

/** Keeps a value under a name, null removes it. True when it will still be there after a reload. Never throws. */
export function writeStored(area: StorageArea, name: string, value: string | null): boolean {
  const key = `${area} ${name}`;
  onThisPage.delete(key);
  try {
    if (value === null) storageOf(area).removeItem(name);
    else storageOf(area).setItem(name, value);
    return true;
  } catch {
    if (value !== null) onThisPage.set(key, value);
    return false;
  }
}

/** @throws SecurityError when the browser blocks storage: already the property itself throws. */
function storageOf(area: StorageArea): Storage {
  return area === 'local' ? localStorage : sessionStorage;
}
