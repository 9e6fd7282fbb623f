/** Alternate data streams (NTFS): content beside the content, which no listing shows. */

import type { Extattr } from '../rump/vfs/vnode.ts';
import { examinedBytes } from './examined.ts';
import { extensionOf, RUNS } from './extensions.ts';
import type { Tell } from './finding.ts';
import { programSort } from './programs.ts';

/** The name under which the kernel gives streams. */
const PREFIX = 'user.';
/** Written by Windows, macOS' clients and well-known programs for their own use. */
const KNOWN =
  /^(?:AFP_AfpInfo|AFP_Resource|encryptable|favicon|com\.dropbox\.(?:attrs|attributes)|OECustomProperty|ms-properties|SmartScreen|WofCompressedData|\u0005(?:Document)?SummaryInformation|\{4c8cc155-6c1e-11d1-8e41-00c04fb9386d\}|com\.apple\..*)$/i;
/** The mark of where a file came from: Windows writes it, and Airlock too. */
const ORIGIN = 'zone.identifier';
const HEAD_BYTES = 4096;
const MAX_STREAMS = 64;

/** `read` gives the first bytes of a stream. */
export function streams(list: readonly Extattr[], read: (name: string, lengthBytes: number) => Uint8Array, tell: Tell) {
  for (const { name, size } of list.slice(0, MAX_STREAMS)) {
    if (!name.startsWith(PREFIX) || size === 0) continue;
    const stream = name.slice(PREFIX.length);
    if (stream.toLowerCase() === ORIGIN && size <= HEAD_BYTES) {
      tell('origin-mark', { quote: originOf(read(name, HEAD_BYTES)) });
      continue;
    }
    const head = read(name, Math.min(size, HEAD_BYTES));
    const sort = programSort(examinedBytes(stream, head).type()) ?? RUNS.get(extensionOf(stream)) ?? null;
    if (sort !== null) tell('stream-program', { sort, quote: stream, bytes: size });
    else tell(KNOWN.test(stream) ? 'known-stream' : 'stream', { quote: stream, bytes: size });
  }
}

/** The address in it, if there is one. */
function originOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  return /^(?:HostUrl|ReferrerUrl)=(.{1,500})$/m.exec(text)?.[1].trim() ?? '';
}
