/** Words of a worker's answers on which something hangs in main or in the interface: each type's whole list, which the compiler keeps whole. */

import type { FailureReport, FindingKind, PartitionTable } from '../../kernel-worker/contract.ts';

function words<Word extends string>(all: Record<Word, true>): Word[] {
  return Object.keys(all) as Word[];
}

export const FAILURE_KINDS = words<FailureReport['kind']>({
  medium: true,
  damage: true,
  unsupported: true,
  removed: true,
  request: true,
});

export const PARTITION_SCHEMES = words<PartitionTable['scheme']>({
  none: true,
  mbr: true,
  gpt: true,
  apm: true,
  bsd: true,
  sgi: true,
  sun: true,
});

export const FINDING_KINDS = words<FindingKind>({
  autorun: true,
  'autorun-settings': true,
  autostart: true,
  'shortcut-command': true,
  'shortcut-network': true,
  shortcut: true,
  launcher: true,
  link: true,
  'link-scheme': true,
  'network-lure': true,
  'search-file': true,
  'folder-double': true,
  'shell-folder': true,
  'double-extension': true,
  'spaced-extension': true,
  'direction-override': true,
  'direction-mark': true,
  'blank-name': true,
  'invisible-name': true,
  'look-alike': true,
  'mixed-script': true,
  'disguised-program': true,
  'hidden-program': true,
  program: true,
  script: true,
  'content-mismatch': true,
  'picture-script': true,
  'macros-disguised': true,
  macros: true,
  'remote-template': true,
  'embedded-object': true,
  'pdf-launch': true,
  'pdf-script': true,
  'pdf-attachment': true,
  'encrypted-archive': true,
  'encrypted-document': true,
  'archive-bomb': true,
  'disk-image': true,
  stream: true,
  'stream-program': true,
  'origin-mark': true,
  'known-stream': true,
  'illegal-name': true,
  'colliding-name': true,
  'larger-than-medium': true,
  'shared-content': true,
  'strange-date': true,
  setuid: true,
  'device-node': true,
  'outside-link': true,
});
