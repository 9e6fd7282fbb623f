/**
 * The mark of provenance that a system's own programs know, set on a file before it gets its name: on Linux the extended attributes of
 * freedesktop.org's "Guidelines for extended attributes", on macOS com.apple.quarantine, on Windows the stream Zone.Identifier ([MS-FSCC] 5.6.1).
 */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPartial, discard, type PartialFile } from './partial-file.ts';
import { originAddress } from './provenance.ts';
import type { TargetTree } from './target-tree.ts';

export interface Marker {
  /** false: it could not be set. */
  mark(tree: TargetTree, file: Pick<PartialFile, 'fd' | 'place' | 'partial'>, sourcePath: string): boolean;
}

type SetAttribute = (fd: number, name: string, value: string) => boolean;

/** Sets marks; null where the target's file system, found out with a file of our own, or this host cannot keep them. */
export function workingMarker(originBase: string, tree: TargetTree): Marker | null {
  const marker = markerFor(originBase, process.platform);
  if (marker === null) return null;
  const probe = createPartial(tree, { folder: 0, name: 'probe', existing: 'rename', mtimeMs: null, atimeMs: null });
  const works = marker.mark(tree, probe, '/');
  discard(tree, probe);
  return works ? marker : null;
}

function markerFor(originBase: string, platform: NodeJS.Platform): Marker | null {
  if (platform === 'win32') return zoneMarker(originBase);
  const setAttribute = platform === 'linux' ? linuxAttributes() : platform === 'darwin' ? darwinAttributes() : null;
  if (setAttribute === null) return null;
  if (platform === 'darwin') {
    const value = quarantineValue(Date.now());
    return { mark: (_tree, { fd }) => setAttribute(fd, 'com.apple.quarantine', value) };
  }
  // The referrer's address is the origin's beginning: it would say nothing more, and costs as much time again.
  return {
    mark: (_tree, { fd }, sourcePath) => setAttribute(fd, 'user.xdg.origin.url', originAddress(originBase, sourcePath)),
  };
}

/** Flags (0x0001 quarantined, 0x0080 for files that were downloaded), seconds in hex, which program. */
export function quarantineValue(nowMs: number): string {
  return `0081;${Math.floor(nowMs / 1000).toString(16)};Airlock;`;
}

/** Zone 3: the internet, the least trusted one of those that are not blocked altogether. */
export function zoneIdentifier(originBase: string, sourcePath: string): string {
  const lines = [
    '[ZoneTransfer]',
    'ZoneId=3',
    `ReferrerUrl=${originBase}/`,
    `HostUrl=${originAddress(originBase, sourcePath)}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function zoneMarker(originBase: string): Marker {
  return {
    mark(tree, { place, partial }, sourcePath) {
      try {
        const stream = `${tree.entryPath(place.folder, partial)}:Zone.Identifier`;
        writeFileSync(stream, zoneIdentifier(originBase, sourcePath));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** int fsetxattr(int fd, const char *name, const void *value, size_t size, int flags): null without koffi. */
function linuxAttributes(): SetAttribute | null {
  const koffi = loadKoffi();
  if (koffi === null) return null;
  const fsetxattr = koffi.load(null).func('int fsetxattr(int, const char *, const char *, size_t, int)');
  // The value is ASCII: percent-encoded.
  return (fd, name, value) => fsetxattr(fd, name, value, value.length, 0) === 0;
}

/** int fsetxattr(int fd, const char *name, void *value, size_t size, uint32_t position, int options). */
function darwinAttributes(): SetAttribute | null {
  const koffi = loadKoffi();
  if (koffi === null) return null;
  const fsetxattr = koffi.load(null).func('int fsetxattr(int, const char *, const char *, size_t, uint32_t, int)');
  return (fd, name, value) => fsetxattr(fd, name, value, value.length, 0, 0) === 0;
}

function loadKoffi(): typeof import('koffi') | null {
  try {
    return createRequire(import.meta.url)('koffi');
  } catch {
    return null;
  }
}
