import { ofThisTab } from '@vitrine/client/storage';

const NAME = 'vitrine.typed';

type Typed = Record<string, Record<string, unknown>>;

/** What was typed into a form of this tab and not delivered; null for nothing. */
export function typedBefore(form: string): Record<string, unknown> | null {
  return all()[form] ?? null;
}

/** Keeps what is being typed, null forgets it. It ends with the tab, with its delivery, or when somebody signs out. */
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
  // Pages are also drawn on the server, where nobody types.
  if (typeof window === 'undefined') return {};
  try {
    const kept = JSON.parse(ofThisTab.get(NAME) ?? '{}') as unknown;
    return typeof kept === 'object' && kept ? (kept as Typed) : {};
  } catch {
    return {};
  }
}
