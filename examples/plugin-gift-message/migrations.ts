import type { ModuleMigration } from '@vitrine/api/plugin';

export const migrations: readonly ModuleMigration[] = [
  {
    name: '001-gift-messages',
    up: `
      CREATE TABLE gift_message (
        cart_id uuid PRIMARY KEY REFERENCES cart ON DELETE CASCADE,
        message text NOT NULL CHECK (message <> '')
      );
      CREATE TABLE order_gift_message (
        order_id uuid PRIMARY KEY REFERENCES shop_order ON DELETE CASCADE,
        message text NOT NULL CHECK (message <> '')
      );`,
    down: 'DROP TABLE order_gift_message; DROP TABLE gift_message;',
  },
];
