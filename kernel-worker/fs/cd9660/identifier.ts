/** From the file identifier of a directory record to the name that is shown (ECMA-119 7.5 and 7.6; ISO 9660:1999 7.5; Joliet Specification). */

import { nameFromBytes, nameFromUtf16be } from '../../rump/vfs/names.ts';
import type { Volume } from './volume.ts';

/** Digits of a version number: 1 to 32767 (ECMA-119 7.5.1). */
const MAX_VERSION_DIGITS = 5;

/** The identifier as recorded: UCS-2 in Joliet's tree (read as UTF-16, as its writers do), bytes elsewhere. */
export function identifierText(volume: Volume, bytes: Uint8Array, at: number, length: number): string {
  if (volume.nameSpace === 'joliet') return nameFromUtf16be(bytes, at, length >> 1);
  return nameFromBytes(bytes.subarray(at, at + length));
}

/**
 * The name under the mount's rules. By default the version and the dot of an empty extension go: 'FILE.;1' is 'FILE'. ISO 9660:1999 knows neither.
 * A name of which nothing would be left stays as it is.
 */
export function nameOf(volume: Volume, identifier: string, isDirectory: boolean): string {
  const { rules, nameSpace } = volume;
  if (rules.raw) return identifier;
  let name = identifier;
  if (nameSpace !== 'enhanced') {
    if (!isDirectory && !rules.versions) name = name.slice(0, stemLength(name));
    if (nameSpace === 'joliet') name = withoutTrailingDots(name);
    else if (!isDirectory && !rules.versions && name.endsWith('.')) name = name.slice(0, -1);
  }
  if (rules.lowerCase && nameSpace !== 'joliet') name = name.replace(/[A-Z]/g, lowerAscii).replaceAll(';', '.');
  return name === '' ? identifier : name;
}

/** Length of an identifier without its ';VERSION'; the whole length where there is none. */
export function stemLength(identifier: string): number {
  for (let i = identifier.length - 1; i >= 0 && identifier.length - 1 - i <= MAX_VERSION_DIGITS; i--) {
    const unit = identifier.charCodeAt(i);
    if (unit === 0x3b) return i === identifier.length - 1 ? identifier.length : i;
    if (unit < 0x30 || unit > 0x39) return identifier.length;
  }
  return identifier.length;
}

/** Windows, for which Joliet was made, has no names that end in a dot; Linux shows them without it too. */
function withoutTrailingDots(name: string): string {
  let end = name.length;
  while (end > 1 && name.charCodeAt(end - 1) === 0x2e) end -= 1;
  return end === name.length ? name : name.slice(0, end);
}

function lowerAscii(letter: string): string {
  return letter.toLowerCase();
}
