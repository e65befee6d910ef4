/** A browser storage for short texts. Reading and writing never throw. */
export interface SafeStorage {
  get: (name: string) => string | null;
  set: (name: string, value: string) => void;
  remove: (name: string) => void;
}

/**
 * The browser's storage, or memory where the browser refuses it: with cookies blocked even access to `localStorage`
 * throws, and a full disk refuses writes. Values in memory last until the page is left.
 */
function storageOf(find: () => Storage): SafeStorage {
  const memory = new Map<string, string>();
  const attempt = <Result>(work: (real: Storage) => Result): Result | undefined => {
    try {
      return work(find());
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => memory.get(name) ?? attempt((real) => real.getItem(name)) ?? null,
    set(name, value) {
      memory.delete(name);
      const isStored = attempt((real) => {
        real.setItem(name, value);
        return true;
      });
      if (!isStored) memory.set(name, value);
    },
    remove(name) {
      memory.delete(name);
      attempt((real) => real.removeItem(name));
    },
  };
}

/** Persists across visits and is shared by all tabs. */
export const lasting: SafeStorage = storageOf(() => localStorage);

/** Lasts as long as the tab, including reloads. */
export const ofThisTab: SafeStorage = storageOf(() => sessionStorage);
