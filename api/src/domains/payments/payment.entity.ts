import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { ProviderName, ProviderObjectKind } from '../../integrations/payments/port.js';
import type { StoredTender } from './ledgers/ledger.js';
import type { PaymentMethod } from './payment-method.js';

export type PaymentStatusName =
  | 'CREATING'
  | 'PENDING'
  | 'PROCESSING'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'CANCELLED';
export type DisputeStatusName = 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST';
export type RefundStatusName = 'REQUESTED' | 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'int' }) attempt!: number;
  @Column({ type: 'text' }) provider!: ProviderName | 'OFFLINE';
  @Column({ type: 'text' }) method!: PaymentMethod;
  /** EDIT: pays the difference of the order edit that `orderEditId` names. TENDER: a ledger pays, see `tender`. */
  @Column({ type: 'text' }) purpose!: 'ORDER' | 'EDIT' | 'TENDER';
  @Column({ type: 'uuid', name: 'order_edit_id', nullable: true }) orderEditId!: string | null;
  /** The account that pays a part of the price; null unless the purpose is TENDER. See `ledgers/ledger.ts`. */
  @Column({ type: 'jsonb', nullable: true }) tender!: StoredTender | null;
  /** MANUAL: the payment is only authorized until staff captures it. */
  @Column({ type: 'text', name: 'capture_method' }) captureMethod!: 'AUTOMATIC' | 'MANUAL';
  @Column({ type: 'text' }) status!: PaymentStatusName;
  @Column({ type: 'bigint' }) amount!: number;
  /**
   * The amount really captured, minor units; null until then. Differs from `amount` only where staff must decide
   * (REVIEW).
   */
  @Column({ type: 'bigint', name: 'captured_amount', nullable: true }) capturedAmount!: number | null;
  @Column({ type: 'timestamptz', name: 'captured_at', nullable: true }) capturedAt!: Date | null;
  /** When staff accepted the captured amount as the price of the order; null unless they did. */
  @Column({ type: 'timestamptz', name: 'accepted_at', nullable: true, select: false })
  acceptedAt?: Date | null;
  /** Which amount they accepted, minor units: what was captured, less what had gone back by then. */
  @Column({ type: 'bigint', name: 'accepted_amount', nullable: true, select: false })
  acceptedAmount?: number | null;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'text', name: 'provider_reference', nullable: true }) providerReference!: string | null;
  @Column({ type: 'text', name: 'create_key' }) createKey!: string;
  /** When the provider was first seen to remember a failure for this key; null while it was not. */
  @Column({ type: 'timestamptz', name: 'key_failed_at', nullable: true }) keyFailedAt!: Date | null;
  @Column({ type: 'text', name: 'failure_code', nullable: true }) failureCode!: string | null;
  @Column({ type: 'timestamptz', name: 'last_checked_at', nullable: true }) lastCheckedAt!: Date | null;
  @Column({ type: 'int' }) checks!: number;
  /** When the provider was last asked for a buyer's page; null when never. */
  @Column({ type: 'timestamptz', name: 'asked_at', nullable: true }) askedAt!: Date | null;
  /** Until when one request has claimed the capture of an authorized payment; null when none has. */
  @Column({ type: 'timestamptz', name: 'capturing_until', nullable: true, select: false })
  capturingUntil?: Date | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

@Entity('refund')
export class RefundEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'payment_id' }) paymentId!: string;
  @Column({ type: 'bigint' }) amount!: number;
  @Column({ type: 'text' }) reason!: string;
  @Column({ type: 'text' }) status!: RefundStatusName;
  @Column({ type: 'text', name: 'provider_reference', nullable: true }) providerReference!: string | null;
  @Column({ type: 'text' }) key!: string;
  /** When the provider was first seen to remember a failure for this key; null while it was not. */
  @Column({ type: 'timestamptz', name: 'key_failed_at', nullable: true }) keyFailedAt!: Date | null;
  /** PROVIDER: created at the provider's own dashboard, and found there later. */
  @Column({ type: 'text' }) origin!: 'SHOP' | 'PROVIDER';
  @Column({ type: 'text', name: 'failure_code', nullable: true }) failureCode!: string | null;
  /** The refund decision of staff that this refund carries out; null when it was not a decision of staff. */
  @Column({ type: 'uuid', name: 'order_refund_id', nullable: true }) orderRefundId!: string | null;
  /**
   * True: its money had gone back when staff accepted the rest as the price of the order. So it is no refund of that
   * price, whatever becomes of it later.
   */
  @Column({ type: 'boolean', name: 'precedes_price', select: false }) precedesPrice?: boolean;
  /** When the provider was last asked about it; null when never. */
  @Column({ type: 'timestamptz', name: 'last_checked_at', nullable: true, select: false })
  lastCheckedAt?: Date | null;
  /** How often the provider was asked without a final result. */
  @Column({ type: 'int', select: false }) checks?: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

/** The buyer disputes a payment at their bank; the bank decides between buyer and shop. */
@Entity('dispute')
export class DisputeEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'payment_id' }) paymentId!: string;
  @Column({ type: 'text', name: 'provider_reference' }) providerReference!: string;
  @Column({ type: 'bigint' }) amount!: number;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'text' }) reason!: string;
  @Column({ type: 'text' }) status!: DisputeStatusName;
  @Column({ type: 'timestamptz', name: 'evidence_due_at', nullable: true }) evidenceDueAt!: Date | null;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

@Entity('webhook_inbox')
export class WebhookEventEntity {
  @Column({ type: 'uuid' }) id!: string;
  @PrimaryColumn({ type: 'text' }) provider!: ProviderName;
  @PrimaryColumn({ type: 'text', name: 'event_id' }) eventId!: string;
  @Column({ type: 'text' }) type!: string;
  /** The kind of object that `objectId` names; null for an event type that is not followed. */
  @Column({ type: 'text', name: 'object_kind', nullable: true }) objectKind!: ProviderObjectKind | null;
  @Column({ type: 'text', name: 'object_id', nullable: true }) objectId!: string | null;
  @Column({ type: 'text', name: 'api_version', nullable: true }) apiVersion!: string | null;
  /** False when the event had no signature that could be checked; only the test provider allows that. */
  @Column({ type: 'boolean' }) verified!: boolean;
  @Column({ type: 'jsonb', select: false }) payload?: unknown;
  /** The body as received, byte for byte; null for events received before bodies were stored. */
  @Column({ type: 'bytea', nullable: true, select: false }) raw?: Buffer | null;
  @Column({ type: 'text' }) status!: 'NEW' | 'DONE' | 'IGNORED' | 'DEAD';
  @Column({ type: 'int' }) attempts!: number;
  @Column({ type: 'text', nullable: true }) error!: string | null;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'received_at' }) receivedAt!: Date;
  @Column({ type: 'timestamptz', name: 'processed_at', nullable: true }) processedAt!: Date | null;
}
