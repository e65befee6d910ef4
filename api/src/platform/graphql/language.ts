import { registerEnumType } from 'type-graphql';

export enum LanguageCode {
  RO = 'RO',
  EN = 'EN',
  FR = 'FR',
}
registerEnumType(LanguageCode, {
  name: 'LanguageCode',
  description: 'The languages of the shop. A request chooses one by its Accept-Language header.',
  valuesConfig: {
    RO: { description: 'Romanian.' },
    EN: { description: 'English.' },
    FR: { description: 'French.' },
  },
});
