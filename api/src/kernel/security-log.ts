import { createHmac } from 'node:crypto';
import type { Logger } from './logger.js';

/** The kinds of events in the security log. */
export type SecurityEvent =
  | 'login-refused'
  | 'rate-limited'
  | 'refresh-token-reused'
  | 'password-reset-requested'
  | 'password-reset'
  | 'password-changed'
  | 'email-verified'
  | 'email-change-requested'
  | 'email-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'second-factor-refused'
  | 'recovery-codes-renewed'
  | 'webhook-forged'
  | 'data-exported'
  | 'list-exported';

export interface SecurityEventData {
  readonly accountId?: string | null;
  /** The network of the caller, or another key of a rate limit. Logged hashed only. */
  readonly by?: string | null;
  /** The limited action, the forged sender, or the kind of the export. */
  readonly what?: string;
}

/**
 * Logs one line for each event that an investigation of an attack needs: what happened, to which account, from which
 * network. Networks and addresses are hashed with the shop's secret, so that equal ones can be recognized.
 */
export class SecurityLog {
  constructor(
    private readonly logger: Logger,
    private readonly secret: string,
  ) {}

  record(event: SecurityEvent, { accountId, by, what }: SecurityEventData): void {
    const network = by
      ? createHmac('sha256', this.secret).update(`network\0${by}`).digest('base64url').slice(0, 16)
      : null;
    this.logger.warn({ security: event, accountId: accountId ?? null, network, what }, 'Security');
  }
}
