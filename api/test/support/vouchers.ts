import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  cartModule,
  cartOwner,
  cartPayload,
  CartPayload,
  defineModule,
  paymentsModule,
  Public,
  statement,
  t,
  type Ledger,
  type LedgerMove,
  type RequestContext,
  type Tx,
} from '../../src/plugin/index.js';

/*
 * A plugin with accounts that pay for orders: vouchers, each with a balance and its moves. A buyer pays with one by its
 * id.
 */

const vouchers = statement('voucher.read', {
  params: { ids: t.uuids },
  row: { id: t.uuid, currency: t.text, balance: t.int },
  sql: 'SELECT id, currency, balance FROM voucher WHERE id = ANY(:ids::uuid[]) ORDER BY balance, id',
});
const lockVouchers = statement('voucher.lock', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: 'SELECT id FROM voucher WHERE id = ANY(:ids::uuid[]) ORDER BY id FOR UPDATE',
});
const moveVoucher = statement('voucher.move', {
  params: { id: t.uuid, amount: t.int, kind: t.text, tenderId: t.uuid },
  sql: `WITH moved AS (UPDATE voucher SET balance = balance + :amount WHERE id = :id AND balance + :amount >= 0 RETURNING id)
   INSERT INTO voucher_move (voucher_id, amount, kind, tender_id) SELECT id, :amount, :kind, :tenderId FROM moved`,
});

const move = (tx: Tx, kind: string, { accountId: id, amount, tenderId }: LedgerMove): Promise<number> =>
  tx.count(moveVoucher, { id, amount: kind === 'DEBIT' ? -amount : amount, kind, tenderId });

const ledger: Ledger = {
  name: 'voucher',
  async accounts(querying, ids, { isLocked }) {
    if (isLocked) await querying.rows(lockVouchers, { ids });
    const rows = await querying.rows(vouchers, { ids });
    return rows.map((row) => ({ ...row, name: { en: 'Voucher', ro: 'Tichet', fr: 'Bon' } }));
  },
  debit: async (tx, of) => (await move(tx, 'DEBIT', of)) === 1,
  release: async (tx, of) => void (await move(tx, 'RELEASE', of)),
  refund: async (tx, of) => void (await move(tx, 'REFUND', of)),
};

class VoucherResolver {
  constructor(private readonly use: (accountId: string, context: RequestContext) => Promise<CartPayload>) {}

  cartVoucherUse(accountId: string, context: RequestContext): Promise<CartPayload> {
    return this.use(accountId, context);
  }
}
const { prototype: resolver } = VoucherResolver;
Resolver()(VoucherResolver);
Mutation(() => CartPayload, { description: 'Pays with a voucher.' })(resolver, 'cartVoucherUse', {});
Public()(resolver, 'cartVoucherUse', {});
Arg('accountId', () => String, { description: 'The voucher.' })(resolver, 'cartVoucherUse', 0);
Ctx()(resolver, 'cartVoucherUse', 1);

/** Vouchers, which `cartVoucherUse` chooses for a cart. */
export const voucherModule = defineModule({
  ...{ name: 'voucher', entities: [], resolvers: [VoucherResolver] },
  dependsOn: [cartModule, paymentsModule],
  tables: { voucher: 'Kept.', voucher_move: 'Kept.' },
  migrations: [
    {
      name: '001-vouchers',
      up: `CREATE TABLE voucher (id uuid PRIMARY KEY, currency text NOT NULL DEFAULT 'RON', balance bigint NOT NULL CHECK (balance >= 0));
        CREATE TABLE voucher_move (id bigserial PRIMARY KEY, voucher_id uuid NOT NULL REFERENCES voucher, amount bigint NOT NULL, kind text NOT NULL, tender_id uuid NOT NULL);`,
      down: 'DROP TABLE voucher_move; DROP TABLE voucher',
    },
  ],
  setup(_platform, { cart, payments }) {
    payments.ledgers.register(ledger);
    const use = (accountId: string, context: RequestContext): Promise<CartPayload> =>
      cartPayload(cart.carts, {
        ...{ input: null, context },
        change: () =>
          cart.cartAccounts.choose(cartOwner(context), (chosen) => [
            ...chosen,
            { ledger: 'voucher', accountId },
          ]),
      });
    return { services: {}, resolvers: [new VoucherResolver(use)] };
  },
});
