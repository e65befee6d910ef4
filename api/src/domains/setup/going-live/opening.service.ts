import { beginningGroup, type SettingsService } from '../../store/index.js';
import { NotReadyError } from '../setup.errors.js';
import type { GoLiveChecklist } from './checklist.js';

/*
 * The opening of a shop is a change of one setting under the lock of its row; see `SettingsService.update`. The checklist is
 * read before it, so that something that is taken away at the same moment may slip through: a shop that is open stays open
 * whatever is taken away later, and the checkout itself refuses what cannot be ordered.
 */
export class Opening {
  constructor(
    private readonly settings: SettingsService,
    private readonly checklist: GoLiveChecklist,
  ) {}

  /** Lets strangers in. One that is open stays open. @throws NotReadyError while something is missing */
  async open(actorId: string): Promise<void> {
    if ((await this.settings.get(beginningGroup)).isOpen) return;
    const items = await this.checklist.items();
    const missing = items.filter(({ isRequired, isMet }) => isRequired && !isMet).map(({ code }) => code);
    if (missing.length > 0) throw new NotReadyError(missing);
    await this.settings.update(beginningGroup, {
      ...{ changes: { isOpen: true }, expectedVersion: null, actorId },
    });
  }
}
