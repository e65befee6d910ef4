import {
  cells,
  defineForm,
  defineList,
  formatMinorUnits,
  money,
  onVersion,
  translations,
  wholeList,
  z,
} from '@vitrine/admin/plugin';
import { wrapBulk, wrapFile } from './wrap-bulk';
import { WrapCreateDocument, WrapsDocument, WrapUpdateDocument } from './generated/graphql';
import type { GiftWrapInput, WrapFragment } from './generated/graphql';

export const wrapList = defineList({
  name: 'gift-wraps',
  title: 'title',
  query: WrapsDocument,
  connection: (data) => wholeList(data.giftWraps),
  whole: true,
  types: ['GiftWrap'],
  exports: wrapFile,
  bulk: wrapBulk,
  columns: {
    name: { header: 'name', required: true, cell: ({ name }) => cells.text(name, { look: 'font-medium' }) },
    active: {
      header: 'state',
      cell: ({ active }, { t }) =>
        cells.status(active ? 'good' : 'quiet', t(active ? 'offered' : 'notOffered')),
    },
    price: {
      header: 'price',
      align: 'end',
      cell: ({ price }, { currency, locale }) => formatMinorUnits(price, currency, locale),
    },
    edit: { header: 'change', required: true, hidesHeader: true },
  },
  empty: { icon: 'i-lucide-gift', title: 'none', hint: 'noneHint' },
});

export const wrapForm = defineForm<WrapFragment, GiftWrapInput>({
  name: 'gift-wrap',
  newTitle: 'new',
  titleOf: ({ name }) => name,
  schema: (tools) =>
    z.object({
      translations: translations(
        tools,
        { name: z.string().trim().min(1, tools.t('nameMissing')).max(80) },
        { by: 'language', mustHave: 'any' },
      ),
      price: money(tools),
      active: z.boolean(),
    }),
  toFields: (wrap) => wrap ?? { translations: [], price: null, active: true },
  fields: {
    translations: { label: 'name', kind: 'translations', parts: { name: { label: 'name', kind: 'text' } } },
    price: { label: ({ t, currency }) => t('priceOf', { currency }), kind: 'money' },
    active: { label: 'offered', help: 'offeredHint', kind: 'switch' },
  },
  create: async (client, input) => {
    const result = await client.mutation(WrapCreateDocument, { input });
    return { result, userErrors: result.data?.giftWrapCreate.errors };
  },
  update: (client, { id: giftWrapId, version }, changes) =>
    onVersion(version, async (expectedVersion) => {
      const input = { ...changes, giftWrapId, expectedVersion };
      const result = await client.mutation(WrapUpdateDocument, { input });
      return { result, userErrors: result.data?.giftWrapUpdate.errors };
    }),
});
