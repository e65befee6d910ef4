import { ofThisTab } from '@vitrine/client/storage';

const NAME = 'vitrine.typed';

type Typed = Record<string, Record<string, unknown>>;

/** The unsent input of a form in this tab; null without any. */
export function typedBefore(form: string): Record<string, unknown> | null {
  return all()[form] ?? null;
}

/** Stores a form's input; null removes it. It is kept until it is sent, the tab is closed, or the user signs out. */
export function keepTyped(form: string, values: Record<string, unknown> | null): void {
  const { [form]: _, ...others } = all();
  const kept = values ? { ...others, [form]: values } : others;
  if (Object.keys(kept).length) ofThisTab.set(NAME, JSON.stringify(kept));
  else ofThisTab.remove(NAME);
}

export function forgetTyped(): void {
  ofThisTab.remove(NAME);
}

function all(): Typed {
  // Skipped on the server.
  if (typeof window === 'undefined') return {};
  try {
    const kept = JSON.parse(ofThisTab.get(NAME) ?? '{}') as unknown;
    return typeof kept === 'object' && kept ? (kept as Typed) : {};
  } catch {
    return {};
  }
}
