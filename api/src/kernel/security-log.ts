import { createHmac } from 'node:crypto';
import type { Logger } from './logger.js';

/** What the security log tells of. */
export type SecurityEvent =
  | 'login-refused'
  | 'rate-limited'
  | 'refresh-token-reused'
  | 'password-reset-requested'
  | 'password-reset'
  | 'password-changed'
  | 'webhook-forged';

export interface SecurityEventData {
  readonly accountId?: string | null;
  /** The network of the caller, or whatever an allowance is counted by. Written down hashed only. */
  readonly by?: string | null;
  /** What was limited, or which sender was forged. */
  readonly what?: string;
}

/**
 * One line for each event that somebody who looks into an attack asks for: what happened, to which account, from which
 * network. Networks and addresses are hashed with the shop's secret: the same one is recognised, none is told.
 */
export class SecurityLog {
  constructor(
    private readonly logger: Logger,
    private readonly secret: string,
  ) {}

  tell(event: SecurityEvent, { accountId, by, what }: SecurityEventData): void {
    const network = by
      ? createHmac('sha256', this.secret).update(`network\0${by}`).digest('base64url').slice(0, 16)
      : null;
    this.logger.warn({ security: event, accountId: accountId ?? null, network, what }, 'Security');
  }
}
