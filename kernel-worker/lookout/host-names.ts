/**
 * Names that the computer cannot keep as they are. The rules are those by which a copy is named (main/transfers/safe-names.ts; Windows: "Naming Files,
 * Paths, and Namespaces"), told here before anything is copied.
 */

import type { LookoutHost, Tell } from './finding.ts';

const CONTROLS = /[\p{Cc}\u2028\u2029\ufeff\\]/u;
const WINDOWS_FORBIDDEN = /[<>:"|?*]/;
const WINDOWS_RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=$|[. ])/i;
/** NAME_MAX in bytes of POSIX hosts; UTF-16 units of NTFS and APFS. */
const MAX_LENGTH = 255;
const encoder = new TextEncoder();

export function illegalName(name: string, host: LookoutHost, tell: Tell): void {
  const isWindows = host.platform === 'win32';
  const tooLong =
    name.length > MAX_LENGTH ||
    (host.platform === 'linux' && name.length * 3 > MAX_LENGTH && encoder.encode(name).length > MAX_LENGTH);
  const isBad =
    tooLong ||
    !name.isWellFormed() ||
    CONTROLS.test(name) ||
    (isWindows && (WINDOWS_FORBIDDEN.test(name) || WINDOWS_RESERVED.test(name) || /[. ]$/.test(name)));
  if (isBad) tell('illegal-name');
}

/** The form under which two names are one file on this host; null where every name is its own. */
export function collisionKey(name: string, host: LookoutHost): string | null {
  if (host.platform === 'linux') return null;
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
