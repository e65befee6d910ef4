export { customFieldsChanged } from './custom-fields.events.js';
export { typedFieldResolvers } from './typed/typed-fields.js';
