import type { Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import type { EventFeed } from '../../platform/jobs/event-feed.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { Mails } from '../../platform/mails/mails.js';
import type { RateLimiter } from '../identity/index.js';
import type { StockService } from '../inventory/index.js';
import type {
  CaptureService,
  DisputeList,
  DisputeService,
  OfflinePayments,
  PaymentAlerts,
  PaymentFinalizer,
  PaymentIntents,
  PaymentPurposes,
  PaymentService,
  RefundRequests,
  Tenders,
} from '../payments/index.js';
import type { SettingsService } from '../store/index.js';

export interface OrderSettings {
  /** For how many days the buyer of an order stays known that was never placed nor paid. */
  readonly unpaidBuyerDays: number;
  readonly storefrontUrl: string;
  /** Whether cards are captured by hand after the order is placed: the buyer is then notified of the capture. */
  readonly cardsByHand: boolean;
}

/** What the services of orders are built of. */
export interface OrdersDeps extends Omit<OrderSettings, 'unpaidBuyerDays' | 'storefrontUrl' | 'cardsByHand'> {
  readonly settings: SettingsService;
  readonly limiter: RateLimiter;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly hooks: Hooks;
  readonly mails: Mails;
  readonly keys: RequestKeys;
  readonly cursors: CursorCodec;
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stock: StockService;
  readonly payments: PaymentService;
  readonly intents: PaymentIntents;
  readonly refundRequests: RefundRequests;
  readonly tenders: Tenders;
  readonly finalizer: PaymentFinalizer;
  readonly purposes: PaymentPurposes;
  readonly alerts: PaymentAlerts;
  readonly captures: CaptureService;
  readonly offline: OfflinePayments;
  readonly disputes: DisputeService;
  readonly disputeList: DisputeList;
  readonly secret: string;
}
