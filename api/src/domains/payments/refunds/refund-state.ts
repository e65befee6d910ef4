import { registerEnumType } from 'type-graphql';

export enum RefundStatus {
  REQUESTED = 'REQUESTED',
  PENDING = 'PENDING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(RefundStatus, {
  name: 'RefundStatus',
  description: 'Where money that goes back is.',
  valuesConfig: {
    REQUESTED: { description: 'Stored; not yet sent to the provider.' },
    PENDING: { description: 'The provider is at it.' },
    SUCCEEDED: { description: 'Sent back. A bank may still turn it away days later.' },
    FAILED: { description: 'It could not be sent back; the money is still here.' },
    CANCELLED: { description: 'Called off; the money is still here.' },
  },
});
