/** How a volume is called: its label, else the table's name for the partition, else what and which it is. */

import type { Volume } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { displayText } from '../text/display-text.ts';

export function volumeName(volume: Volume): string {
  const label = volume.info?.label ?? volume.probes[0]?.label ?? volume.partition?.label ?? '';
  if (label.trim() !== '') return displayText(label);
  return volume.partition === null ? messages.sidebar.wholeMedium : messages.sidebar.volume(volume.partition.number);
}

/** 'FAT32', or what the table says of a partition that is not mounted. */
export function volumeKind(volume: Volume): string {
  const kind = volume.info?.title ?? volume.probes[0]?.title ?? volume.partition?.typeName ?? '';
  return kind === '' ? '' : displayText(kind);
}
