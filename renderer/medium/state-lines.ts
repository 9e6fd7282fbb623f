/** The state of a medium in sentences: what is well, what is worth knowing, what is broken. */

import type { HealthReport, Medium, Volume } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { volumeName } from '../state/volume-name.ts';
import { displayText } from '../text/display-text.ts';
import { formatCount, formatList } from '../text/format.ts';

export type StateTone = 'good' | 'plain' | 'warn' | 'bad';

export interface StateLine {
  tone: StateTone;
  sentence: string;
}

/** `health`: null where no process reads the medium. */
export function stateLines(medium: Medium, health: HealthReport | null): StateLine[] {
  const text = messages.medium.state;
  const lines: StateLine[] = [];
  if (medium.state === 'open') lines.push({ tone: 'plain', sentence: text.opened });
  else if (medium.state === 'failed') lines.push({ tone: 'bad', sentence: medium.problem?.sentence ?? text.failed });
  else lines.push({ tone: 'plain', sentence: text.notOpened });
  if (medium.hostMounts.length > 0)
    lines.push({ tone: 'warn', sentence: text.hostMounted(formatList(medium.hostMounts.map(displayText))) });
  for (const notice of medium.table?.notices ?? []) lines.push({ tone: 'warn', sentence: displayText(notice) });
  for (const volume of medium.volumes) lines.push(...volumeLines(medium, volume));
  if (health !== null) lines.push(...healthLines(health));
  return lines;
}

function volumeLines(medium: Medium, volume: Volume): StateLine[] {
  const text = messages.medium.state;
  const name = volumeName(volume);
  // Said already as why the medium is not open.
  if (volume.info === null)
    return volume.problem === null || volume.problem.sentence === medium.problem?.sentence
      ? []
      : [{ tone: 'warn', sentence: text.notMounted(name, volume.problem.sentence) }];
  const { dirty, errors, notices } = volume.info.state;
  const lines: StateLine[] = [];
  if (errors) lines.push({ tone: 'bad', sentence: text.errors(name) });
  if (dirty) lines.push({ tone: 'warn', sentence: text.dirty(name) });
  for (const notice of notices) lines.push({ tone: 'warn', sentence: text.notice(name, displayText(notice)) });
  return lines.length > 0 ? lines : [{ tone: 'good', sentence: text.clean(name) }];
}

function healthLines(health: HealthReport): StateLine[] {
  const { badPlaceCount, moreBadPlaces, retriedReads, damageCount, moreDamage } = health;
  const text = messages.medium.state;
  const lines: StateLine[] = [];
  if (badPlaceCount > 0)
    lines.push({ tone: 'bad', sentence: text.unreadable(formatCount(badPlaceCount, moreBadPlaces), badPlaceCount) });
  else if (retriedReads > 0)
    lines.push({ tone: 'warn', sentence: text.recovered(formatCount(retriedReads), retriedReads) });
  if (damageCount > 0)
    lines.push({ tone: 'bad', sentence: text.damage(formatCount(damageCount, moreDamage), damageCount) });
  return lines.length > 0 ? lines : [{ tone: 'good', sentence: text.readable }];
}
