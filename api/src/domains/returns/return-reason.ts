import { registerEnumType } from 'type-graphql';

export enum ReturnReason {
  DAMAGED = 'DAMAGED',
  WRONG_ITEM = 'WRONG_ITEM',
  NOT_AS_DESCRIBED = 'NOT_AS_DESCRIBED',
  DOES_NOT_FIT = 'DOES_NOT_FIT',
  CHANGED_MIND = 'CHANGED_MIND',
  OTHER = 'OTHER',
}
registerEnumType(ReturnReason, {
  name: 'ReturnReason',
  description: 'Why something is sent back.',
  valuesConfig: {
    DAMAGED: { description: 'It arrived broken.' },
    WRONG_ITEM: { description: 'Something else arrived.' },
    NOT_AS_DESCRIBED: { description: 'It is not what the page promised.' },
    DOES_NOT_FIT: { description: 'The size is wrong.' },
    CHANGED_MIND: { description: 'It is not wanted any more.' },
    OTHER: { description: 'Something else: see the comment.' },
  },
});
