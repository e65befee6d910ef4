import { registerEnumType } from 'type-graphql';
import { ENCODINGS, FORMATS } from './reading/table.js';

const enumOf = <T extends string>(
  names: readonly T[],
  toName = (name: T): string => name,
): Record<string, T> => Object.fromEntries(names.map((name) => [toName(name), name]));

export const ImportFormatEnum = enumOf(FORMATS);
registerEnumType(ImportFormatEnum, {
  name: 'ImportFormat',
  description: 'What kind of file it is, by its content.',
  valuesConfig: {
    CSV: { description: 'Text with separated values; also cells copied out of a spreadsheet.' },
    XLSX: { description: 'A workbook.' },
    JSON: { description: 'A list of objects.' },
  },
});

export const ImportEncodingEnum = enumOf(ENCODINGS, (name) => name.toUpperCase().replaceAll('-', '_'));
registerEnumType(ImportEncodingEnum, {
  name: 'ImportEncoding',
  description: 'How the letters of a text are written as bytes.',
  valuesConfig: {
    UTF_8: { description: 'UTF-8.' },
    UTF_16LE: { description: 'UTF-16, low byte first: "Unicode text" of spreadsheets.' },
    UTF_16BE: { description: 'UTF-16, high byte first.' },
    WINDOWS_1250: { description: 'Windows-1250: Romanian and other languages of Central Europe.' },
    WINDOWS_1252: { description: 'Windows-1252: French and other languages of Western Europe.' },
  },
});
