import 'reflect-metadata';
import { createSchema } from '../../../../api/src/app/graphql/schema.js';

/** The executable schema, built once for all shops and test files of this process: it belongs to no shop. */
export const shopSchema = createSchema();
