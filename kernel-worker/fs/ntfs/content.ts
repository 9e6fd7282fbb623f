/** The content of a file: its unnamed stream, decoded where system compression packed it, or the reason why it is not to be had. */

import { unsupported } from '../../rump/errno.ts';
import type { Run } from '../../rump/vfs/vnode.ts';
import { ATTRIB_OFFLINE, ATTRIB_RECALL_ON_DATA_ACCESS, ATTRIB_RECALL_ON_OPEN, DATA } from './format.ts';
import { type Inode, load, openStream } from './inode.ts';
import { ELSEWHERE_TAGS, type ReparsePoint, reparsePoint, TAG_WOF, TRANSPARENT_TAGS, tagName } from './reparse.ts';
import { allocatedClusters } from './runlist.ts';
import { standardInformation } from './standard.ts';
import { bmapStream, isPlain, readStream, type Stream } from './stream.ts';
import type { Volume } from './volume.ts';
import { openWof, readWof, type WofFile } from './wof.ts';

export interface Content {
  /** null: the file has no such stream and reads as empty. */
  stream: Stream | null;
  wof: WofFile | null;
  /** Why the content is not in the file. */
  refusal: string | null;
}

/** EUCLEAN, EIO, EOPNOTSUPP. */
export function openContent(volume: Volume, inode: Inode): Content {
  const loaded = load(volume, inode);
  loaded.content ??= readContentOf(volume, inode);
  return loaded.content;
}

function readContentOf(volume: Volume, inode: Inode): Content {
  const stream = openStream(volume, inode, DATA, inode.streamName);
  const content: Content = { stream, wof: null, refusal: null };
  const reparse = inode.streamName === '' ? reparsePoint(volume, inode) : null;
  if (reparse === null || stream === null) return content;
  if (reparse.tag === TAG_WOF) content.wof = openWof(volume, inode, reparse, stream.size);
  else if (isElsewhere(volume, inode, reparse, stream)) {
    content.refusal = `the content is not on this medium (${tagName(reparse.tag)}, reparse tag 0x${reparse.tag.toString(16)})`;
  }
  return content;
}

/** Whether the content has been moved away: by the tag, by the attributes, or because nothing of it is on the medium. */
function isElsewhere(volume: Volume, inode: Inode, { tag }: ReparsePoint, stream: Stream): boolean {
  if (ELSEWHERE_TAGS.has(tag)) return true;
  if (TRANSPARENT_TAGS.has(tag)) return false;
  const attributes = standardInformation(volume, inode)?.attributes ?? 0;
  if ((attributes & (ATTRIB_OFFLINE | ATTRIB_RECALL_ON_OPEN | ATTRIB_RECALL_ON_DATA_ACCESS)) !== 0) return true;
  return stream.resident === null && stream.size > 0 && allocatedClusters(stream.runs, 0, stream.runs.endVcn) === 0;
}

/** Whether `bmapContent` serves this content. */
export function isContentPlain(content: Content): boolean {
  return content.refusal === null && content.wof === null && content.stream !== null && isPlain(content.stream);
}

export function bmapContent(volume: Volume, content: Content, fileOffset: number): Run {
  if (content.stream === null) return { deviceOffset: null, lengthBytes: 1 };
  return bmapStream(volume, content.stream, fileOffset);
}

/** Fills `into` from `offset`; returns how many bytes are inside the file. EOPNOTSUPP where the content cannot be had. */
export function readFile(volume: Volume, content: Content, offset: number, into: Uint8Array): number {
  if (content.refusal !== null) throw unsupported(content.refusal);
  if (content.wof !== null) return readWof(volume, content.wof, offset, into);
  return content.stream === null ? 0 : readStream(volume, content.stream, offset, into);
}
