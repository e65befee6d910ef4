// What counting against the budget of a request adds to its execution: `npm run bench -- budget`.
//
// A list of 24 with 217 fields is executed without HTTP and without a database, so that nothing else is in the figure. Three
// ways take turns in one process: graphql-js as it is, the shop's resolvers without a budget, and with one. Compared are the
// medians of the rounds, by the processor time of the process.
import {
  execute,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { countedDefaultResolver, installBudget } from '../dist/platform/graphql/limits/counted-resolvers.js';
import { allowanceOf, RequestBudget } from '../dist/platform/graphql/limits/request-budget.js';

const ROUNDS = 80;
const WARM_UP = 10;
const REQUESTS = 200;

const document = parse('{ products { id name slug variants { id sku name amount availability } } }');
const products = Array.from({ length: 24 }, (_, n) => ({
  ...{ id: `prod_${n}`, name: `Mug ${n}`, slug: `mug-${n}` },
  variants: [{ id: `var_${n}`, sku: `MUG-${n}`, name: 'Blue', amount: 5000 + n }],
}));

function schemaOfList() {
  const text = { type: GraphQLString };
  const variant = new GraphQLObjectType({
    name: 'Variant',
    fields: {
      ...{ id: text, sku: text, name: text, amount: { type: GraphQLInt } },
      availability: { ...text, resolve: async () => 'IN_STOCK' },
    },
  });
  const product = new GraphQLObjectType({
    name: 'Product',
    fields: {
      ...{ id: text, slug: text, name: { ...text, resolve: ({ name }) => name } },
      variants: { type: new GraphQLList(variant), resolve: async ({ variants }) => variants },
    },
  });
  const fields = { products: { type: new GraphQLList(product), resolve: async () => products } };
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function round(request) {
  const before = process.cpuUsage();
  for (let n = 0; n < REQUESTS; n++) {
    await request();
    await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS;
}

/** Rows of a table: microseconds of each way, and its ratio to graphql-js as it is. */
export async function benchBudget() {
  const [bare, schema] = [schemaOfList(), schemaOfList()];
  installBudget(schema);
  const counted = { schema, document, fieldResolver: countedDefaultResolver };
  const ways = {
    'graphql-js as it is': () => execute({ schema: bare, document, contextValue: {} }),
    'resolvers of the shop, no budget': () => execute({ ...counted, contextValue: {} }),
    'with a budget': () =>
      execute({ ...counted, contextValue: { budget: new RequestBudget(allowanceOf(null)) } }),
  };
  const taken = Object.keys(ways).map(() => []);
  for (let n = 0; n < ROUNDS; n++) {
    for (const [way, request] of Object.values(ways).entries()) {
      const spent = await round(request);
      if (n >= WARM_UP) taken[way].push(spent);
    }
  }
  const least = median(taken[0]);
  return Object.keys(ways).map((name, way) => {
    const spent = median(taken[way]);
    return [name, `${spent.toFixed(1)} µs`, (spent / least).toFixed(3)];
  });
}
