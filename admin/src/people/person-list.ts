import { h } from 'vue';
import { PeopleDocument } from '../generated/people/graphql';
import type { PersonRowFragment } from '../generated/people/graphql';
import { moment, quiet, status, text } from '../ui/lists/cells';
import { defineList, wholeList } from '../ui/lists/define-list';
import type { Tools } from '../ui/useTools';
import { roleName } from './roles/role-name';

export const nameOf = ({ firstName, lastName, email }: PersonRowFragment): string =>
  `${firstName} ${lastName}`.trim() || email;

export const personList = defineList({
  name: 'people',
  title: 'people.title',
  query: PeopleDocument,
  connection: ({ staffMembers }) => wholeList(staffMembers),
  whole: true,
  types: ['StaffMember', 'StaffRole'],
  columns: {
    name: {
      header: 'people.name',
      required: true,
      cell: (person, { t }) => [
        text(nameOf(person), { look: 'font-medium text-highlighted' }),
        person.isSelf && h('span', { class: 'block text-xs text-muted' }, t('people.you')),
      ],
    },
    email: { header: 'people.email', cell: ({ email }) => text(email, { width: 'wide' }) },
    role: { header: 'people.role', cell: ({ role }, { t }) => roleName(role, t) },
    status: { header: 'people.status', cell: statusOf },
    factor: {
      header: 'people.secondFactor',
      cell: ({ hasSecondFactor }, { t }) =>
        hasSecondFactor ? status('good', t('people.factorOn')) : quiet(t('people.factorOff')),
    },
    seen: {
      header: 'people.lastSeen',
      cell: ({ lastSeenAt }, { t }) => (lastSeenAt ? moment(lastSeenAt) : quiet(t('people.neverSeen'))),
    },
    edit: { header: 'people.actions', required: true, hidesHeader: true, pinned: true },
  },
  empty: { icon: 'i-lucide-contact-round', title: 'people.none', hint: 'people.hint' },
});

function statusOf(person: PersonRowFragment, { t }: Tools) {
  if (person.status === 'ACTIVE') return status('good', t('staffStatus.ACTIVE'));
  const by = person.lockedByName;
  return [
    status('bad', t('staffStatus.LOCKED')),
    by && h('span', { class: 'block text-xs text-muted' }, t('people.lockedBy', { name: by })),
  ];
}
