// The product list as somebody would write it by hand: node:http, pg and JSON, with the very SQL of the API. What the API
// is compared with: everything it costs on top is ours. Ids stay bare UUIDs and texts are taken in one language.
import { createServer } from 'node:http';
import pg from 'pg';
import { pageStatement } from '../dist/domains/catalog/listing/product-query.js';

const { DATABASE_URL, PORT } = process.env;
const INT8 = 20;
const types = {
  getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, types });

const page = { size: 24, backward: false, cursor: null };
const scope = "p.status = 'ACTIVE'";

createServer(async (request, response) => {
  const { statement } = pageStatement({ sort: 'NEWEST', page, search: null, scope, conditions: () => [] });
  const { rows } = await pool.query({ ...statement, values: [] });
  const body = JSON.stringify({ data: { products: { nodes: rows.slice(0, page.size).map(card) } } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(Number(PORT), '127.0.0.1');

function card({ id, slug, name, availability, currency, minPrice, maxPrice, cover: [image] }) {
  return {
    id,
    slug,
    name: name.ro,
    availability,
    priceRange: { min: { amount: minPrice, currency }, max: { amount: maxPrice, currency } },
    image: image ? { id: image.id, url: `/media/${image.storageKey}`, alt: image.alt.ro } : null,
  };
}
