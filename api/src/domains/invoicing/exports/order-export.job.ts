import { z } from 'zod';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { defineLongJob, handleLongJob, type HandledLongJob } from '../../../platform/jobs/define-long-job.js';
import { regionalGroup } from '../../store/index.js';
import { ordersPart, type OrderExport, type OrderSource } from './order-export.js';
import { shopDay } from '../../../kernel/shop-time.js';

// The request is stored as JSON: its dates are read as text.
const query = z.looseObject({
  from: z.coerce.date().nullish(),
  to: z.coerce.date().nullish(),
  updatedFrom: z.coerce.date().nullish(),
  updatedTo: z.coerce.date().nullish(),
}) as unknown as z.ZodType<OrderExport>;

/** Pages of a hundred orders in a step: enough that writing it down costs little, and about a second of work. */
const PAGES = 3;

export const orderExportJob = defineLongJob({
  kind: 'ORDER_EXPORT',
  description: 'Writes orders into a CSV file.',
  permission: 'ORDER_READ',
  input: query,
});

/** A few pages of orders are in memory at a time, however many there are. */
export function exportOrders(source: OrderSource): HandledLongJob {
  return handleLongJob<OrderExport, string>(orderExportJob, {
    total: async (input) => {
      const count = await source.list.count(input);
      // Counting stops at the cap: beyond it nobody knows.
      return count < COUNT_CAP ? count : null;
    },
    file: {
      extension: 'csv',
      type: 'text/csv; charset=utf-8',
      name: async (createdAt) => {
        const { timeZone } = await source.settings.get(regionalGroup);
        return `orders-${shopDay(createdAt, timeZone)}`;
      },
    },
    part: async ({ input, cursor }) => {
      let [content, done, after] = ['', 0, cursor];
      for (let pages = 0; pages < PAGES; pages++) {
        const page = await ordersPart(source, input, after);
        content += page.content;
        done += page.rows;
        after = page.after;
        if (after === null) break;
      }
      return { content, done, cursor: after };
    },
  });
}
