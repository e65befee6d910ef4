import { contactGroup } from './settings-groups.js';
import type { SettingsService } from './settings.service.js';

/** How buyers reach the shop of the demonstration. Nobody is there: the names end in what no registry gives away. */
const DEMO_CONTACT = {
  email: 'buna@lutsilana.example',
  phone: '+40 268 000 000',
  links: ['https://instagram.example/lutsilana', 'https://facebook.example/lutsilana'],
};

/** Fills the contact of the demonstration, unless the environment or staff said something about it. */
export async function seedDemoContact(settings: SettingsService): Promise<void> {
  const { value, version } = await settings.stored(contactGroup);
  const isEmpty = value.email === null && value.phone === null && value.links.length === 0;
  if (version > 1 || !isEmpty) return;
  await settings.update(contactGroup, { changes: DEMO_CONTACT, expectedVersion: null, actorId: null });
}
