import { registerEnumType } from 'type-graphql';

export enum CustomerStatus {
  ACTIVE = 'ACTIVE',
  LOCKED = 'LOCKED',
  ERASED = 'ERASED',
}
registerEnumType(CustomerStatus, {
  name: 'CustomerStatus',
  description: 'Whether somebody may order.',
  valuesConfig: {
    ACTIVE: { description: 'They may sign in and order.' },
    LOCKED: { description: 'They neither sign in nor order, and are told no more than anybody else.' },
    ERASED: { description: 'The account is gone: what is left names nobody.' },
  },
});
