import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import messages from '../../../locales/en/admin.json';
import { fieldName, operationName, valueText } from './audit-words';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8'));
const words = {
  t: ((key: string) => key) as never,
  te: (key: string) => key !== 'audit.operation.wrapCreate' && !key.startsWith('audit.field.un'),
  locale: 'en',
  currency: 'RON',
};

describe('the words of the audit log', () => {
  it('name every mutation of staff', () => {
    const ofStaff = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ astNode }) =>
      astNode?.directives?.some((auth) =>
        auth.arguments?.some(({ name }) => auth.name.value === 'auth' && name.value === 'permission'),
      ),
    );

    expect(ofStaff.length).toBeGreaterThan(50);
    expect(ofStaff.map(({ name }) => name).filter((name) => !(name in messages.audit.operation))).toEqual([]);
  });

  it('leave what they do not know as it is: operations and fields of plugins', () => {
    expect(operationName('wrapCreate', words)).toBe('wrapCreate');
    expect(fieldName('unknown.ro', words)).toBe('unknown · ro');
    expect(fieldName('name.ro', words)).toBe('audit.field.name · ro');
  });

  it('show amounts in the currency of the shop, long texts by their length, and nothing for what is empty', () => {
    expect(valueText('price', '12900', words)).toMatch(/129\.00/);
    expect(valueText('position', '12900', words)).toBe('12900');
    expect(valueText('featured', 'true', words)).toBe('audit.yes');
    expect(valueText('description', '{"length":2400,"sha256":"ab"}', words)).toBe('audit.longText');
    expect(valueText('description', '{"sha256":"ab","length":2400}', words)).toBe('audit.longText');
    for (const empty of [null, '', '[]', '{}']) expect(valueText('labels', empty, words)).toBeNull();
  });
});
