import { recorded, type ModuleMigration } from '@vitrine/api/plugin';

export const migrations: readonly ModuleMigration[] = [
  {
    name: '001-gift-wraps',
    up: `
      CREATE TABLE gift_wrap (
        id uuid PRIMARY KEY,
        name jsonb NOT NULL,
        price bigint NOT NULL CHECK (price >= 0),
        active boolean NOT NULL,
        version int NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE cart_gift_wrap (
        cart_id uuid PRIMARY KEY REFERENCES cart ON DELETE CASCADE,
        gift_wrap_id uuid NOT NULL REFERENCES gift_wrap,
        message text NOT NULL
      );
      CREATE INDEX ON cart_gift_wrap (gift_wrap_id);
      CREATE TABLE order_gift_wrap (
        order_id uuid PRIMARY KEY REFERENCES shop_order ON DELETE CASCADE,
        name jsonb NOT NULL,
        message text NOT NULL
      );`,
    down: 'DROP TABLE order_gift_wrap; DROP TABLE cart_gift_wrap; DROP TABLE gift_wrap;',
  },
  {
    // Of which paper the price of a draft is; orders from before keep name and words only.
    name: '002-wraps-of-drafts',
    up: `
      ALTER TABLE order_gift_wrap ADD COLUMN gift_wrap_id uuid REFERENCES gift_wrap;
      CREATE INDEX ON order_gift_wrap (gift_wrap_id);`,
    down: 'ALTER TABLE order_gift_wrap DROP COLUMN gift_wrap_id;',
  },
  {
    // What staff change of papers and of the wraps of orders is in the audit log; what a card says is not.
    name: '003-audit-log',
    up:
      recorded({ table: 'gift_wrap', entity: 'GiftWrap', by: 'id' }) +
      recorded({ table: 'order_gift_wrap', entity: 'Order', by: 'order_id', hidden: ['message'] }),
    down: 'DROP TRIGGER order_gift_wrap_recorded ON order_gift_wrap; DROP TRIGGER gift_wrap_recorded ON gift_wrap;',
  },
  {
    name: '004-wrapped',
    up: 'ALTER TABLE order_gift_wrap ADD COLUMN wrapped_at timestamptz;',
    down: 'ALTER TABLE order_gift_wrap DROP COLUMN wrapped_at;',
  },
];
