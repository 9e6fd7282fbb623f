/** What a mount tells of a fast file system: the state it was left in, and facts for experts. */

import type { Properties } from '../../rump/vfs/vnode.ts';
import { FS_FLAG, type Superblock } from './format.ts';
import { isDirty } from './probe.ts';
import { keepsHash } from './superblock.ts';

/** Sentences on flags, beside what the journal has to say. `isReplayed`: the journal made it whole. */
export function stateNotices(sb: Superblock, deviceBytes: number, isReplayed: boolean): string[] {
  const notices: string[] = [];
  const missing = sb.sizeFragments * sb.fragmentBytes - deviceBytes;
  if (missing > 0) notices.push(`The medium ends ${missing} bytes before the file system does.`);
  if ((sb.flags & FS_FLAG.needsFsck) !== 0) notices.push('The file system asks to be checked: errors were met in it.');
  if (isDirty(sb) && !isReplayed) notices.push(uncleanNotice(sb));
  return notices;
}

function uncleanNotice(sb: Superblock): string {
  const told = 'The file system was not cleanly unmounted';
  if ((sb.flags & FS_FLAG.suj) !== 0)
    return `${told}; its soft updates journal only frees what was deleted, so that it need not be replayed for reading.`;
  if ((sb.flags & FS_FLAG.softUpdates) !== 0)
    return `${told}; it used soft updates, so that names and files are consistent, but the newest changes may be missing.`;
  if ((sb.flags & FS_FLAG.gjournal) !== 0)
    return `${told}; its journal (gjournal) lies outside of it and was not replayed.`;
  return `${told}.`;
}

export function factsOf(sb: Superblock): Properties {
  const facts: Properties = {
    'Byte order': sb.order.name,
    'Block size': sb.blockBytes,
    'Fragment size': sb.fragmentBytes,
    'Cylinder groups': sb.groups,
    'Inodes per group': sb.inodesPerGroup,
    'Super block at': sb.byteOffset,
  };
  if (sb.hasOldDirectories) facts.Directories = 'without types (before 4.4BSD)';
  if (sb.lastMounted !== '') facts['Last mounted on'] = sb.lastMounted;
  if (sb.snapshots > 0) facts.Snapshots = sb.snapshots;
  const words = flagWords(sb);
  if (words.length > 0) facts.Features = words.join(', ');
  return facts;
}

function flagWords(sb: Superblock): string[] {
  const words: Array<[holds: boolean, word: string]> = [
    [(sb.flags & FS_FLAG.softUpdates) !== 0, 'soft updates'],
    [(sb.flags & FS_FLAG.suj) !== 0, 'soft updates journal'],
    [(sb.flags & FS_FLAG.gjournal) !== 0, 'gjournal'],
    [sb.journal !== null, 'journal (WAPBL)'],
    [keepsHash(sb, ~0), 'check hashes'],
    [sb.solarisLog !== null, 'log (Solaris)'],
  ];
  return words.filter(([holds]) => holds).map(([, word]) => word);
}
