/** Who did something, for timelines and ledgers. */
export interface Actor {
  readonly kind: 'CUSTOMER' | 'STAFF' | 'SYSTEM';
  readonly userId: string | null;
}

export const SYSTEM: Actor = { kind: 'SYSTEM', userId: null };

export function staff(userId: string): Actor {
  return { kind: 'STAFF', userId };
}
