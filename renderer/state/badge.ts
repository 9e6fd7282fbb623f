/** The state of a medium in one badge: what the sidebar says beside its name. */

import type { Medium } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';
import { formatList } from '../text/format.ts';

export type Tone = 'safe' | 'neutral' | 'busy' | 'warning' | 'danger';

export interface Badge {
  tone: Tone;
  label: string;
  hint: string;
}

/** Whether anything mounted on it was left in error, or could not be mounted though a file system was found. */
function isDamaged(medium: Medium): boolean {
  return medium.volumes.some(
    (volume) => volume.info?.state.errors === true || (volume.info === null && volume.probes.length > 0),
  );
}

export function badgeOf(medium: Medium): Badge {
  const text = messages.badge;
  const where = formatList(medium.hostMounts.map(displayText));
  switch (medium.state) {
    case 'opening':
      return { tone: 'busy', label: text.opening, hint: text.openingHint };
    case 'ejecting':
      return { tone: 'busy', label: text.ejecting, hint: text.ejectingHint };
    case 'ejected':
      return { tone: 'neutral', label: text.ejected, hint: text.ejectedHint };
    case 'gone':
      return { tone: 'danger', label: text.removed, hint: text.removedHint };
    case 'failed':
      if (medium.problem?.canRestart ?? medium.volumes.length === 0) {
        return { tone: 'danger', label: text.stopped, hint: text.stoppedHint };
      }
      return isDamaged(medium)
        ? { tone: 'danger', label: text.damaged, hint: text.damagedHint }
        : { tone: 'warning', label: text.unreadable, hint: text.unreadableHint };
    default:
      break;
  }
  if (!medium.hasMedium) return { tone: 'neutral', label: messages.slot.badge, hint: messages.slot.badgeHint };
  if (medium.system) return { tone: 'neutral', label: text.system, hint: text.systemHint };
  if (where !== '') return { tone: 'warning', label: text.hostMounted, hint: text.hostMountedHint(where) };
  if (medium.state === 'present') return { tone: 'neutral', label: text.notOpened, hint: text.notOpenedHint };
  if (medium.unsandboxed) return { tone: 'danger', label: text.unprotected, hint: text.unprotectedHint };
  if (isDamaged(medium)) return { tone: 'danger', label: text.damaged, hint: text.damagedHint };
  return { tone: 'safe', label: text.safe, hint: text.safeHint };
}
