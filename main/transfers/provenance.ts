/**
 * Where a copied file comes from, as the address that its mark holds: airlock://VENDOR-MODEL/LABEL/path. No serial number is in it: files are passed on, and
 * a mark is to tell of danger and not of people.
 */

import type { Medium } from '../contract.ts';

/** Longer addresses do not fit where some file systems keep marks (ext4: one block for all of a file's); the stick's own is taken then. */
const MAX_ADDRESS_LENGTH = 1000;

/** `label`: of the volume; null without one. */
export function originBase(medium: Pick<Medium, 'kind' | 'name' | 'vendor' | 'model'>, label: string | null): string {
  const device = [medium.vendor, medium.model].filter(Boolean).join('-') || medium.name;
  const volume = label?.trim() || (medium.kind === 'device' ? 'volume' : medium.name);
  return `airlock://${encoded(device.trim().replace(/\s+/g, '-') || 'medium')}/${encoded(volume)}`;
}

/** `path`: absolute, on the medium. */
export function originAddress(base: string, path: string): string {
  const address = base + path.split('/').map(encoded).join('/');
  return address.length <= MAX_ADDRESS_LENGTH ? address : `${base}/`;
}

const UNRESERVED = /^[A-Za-z0-9._~-]*$/;

/** Percent-encoded (RFC 3986). */
function encoded(component: string): string {
  if (UNRESERVED.test(component)) return component;
  const text = component.isWellFormed() ? encodeURIComponent(component) : encodedBytes(component);
  return text.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Lone surrogates stand for bytes that are no text (kernel-worker/rump/vfs/names.ts), or become U+FFFD. */
function encodedBytes(component: string): string {
  let text = '';
  for (const character of component) {
    const unit = character.charCodeAt(0);
    if (character.isWellFormed()) text += encodeURIComponent(character);
    else if (unit >= 0xdc80 && unit <= 0xdcff) text += `%${(unit - 0xdc00).toString(16).toUpperCase()}`;
    else text += '%EF%BF%BD';
  }
  return text;
}
