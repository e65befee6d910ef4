import { emptySetup, type SetupBegin, type SetupState } from './setup-state';

const STORED = 'vitrine-setup';

/** Survives the change of the language, which draws every page anew; the password survives nothing else. */
let current: { readonly token: string; readonly state: SetupState } | null = null;

/** What was typed before in this tab, for the same link; else empty fields. */
export function keptSetup(token: string, begin: SetupBegin): SetupState {
  if (current?.token === token) return current.state;
  const state = { ...emptySetup(begin), ...storedFor(token) };
  current = { token, state };
  return state;
}

/** Keeps everything but the password over a reload of this tab. */
export function keepSetup(token: string, state: SetupState): void {
  current = { token, state };
  const owner = { ...state.owner, password: '' };
  write(JSON.stringify({ token, state: { ...state, owner } }));
}

export function forgetSetup(): void {
  current = null;
  write(null);
}

function storedFor(token: string): Partial<SetupState> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
    const kept = stored as { token?: string; state?: Partial<SetupState> } | null;
    return kept?.token === token ? (kept.state ?? {}) : {};
  } catch {
    return {};
  }
}

/** A browser that keeps nothing loses what was typed with a reload, and nothing else. */
function write(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(STORED);
    else sessionStorage.setItem(STORED, text);
  } catch {
    return;
  }
}
