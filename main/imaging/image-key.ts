/**
 * The key with which Airlock seals the maps of images that it begins: a secret of this user's, in a file beside the settings. A partial image whose map carries
 * no such seal was begun by somebody else, or lay on a stick: it is never gone on with.
 */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeWhole } from '../whole-file.ts';

export const IMAGE_KEY_FILE = 'images.key';

const KEY = /^[0-9a-f]{64}$/;
const SEAL = /^# seal: ([0-9a-f]{64})\n$/;
const SEAL_LENGTH = '# seal: \n'.length + 64;

/** The key of the file at `path`, made if there is none. Where it cannot be kept it is good for this process: later ones begin anew. */
export function imageKey(path: string): string {
  const kept = keptKey(path);
  if (kept !== null) return kept;
  const key = randomBytes(32).toString('hex');
  try {
    writeWhole(path, key);
  } catch {
    return key;
  }
  // Another process may have made one meanwhile.
  return keptKey(path) ?? key;
}

function keptKey(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return KEY.test(text) ? text : null;
  } catch {
    return null;
  }
}

export function sealed(text: string, key: string): string {
  return `${text}# seal: ${sealOf(text, key)}\n`;
}

/** Whether the text ends in the seal of this key. */
export function isSealed(text: string, key: string): boolean {
  const seal = SEAL.exec(text.slice(-SEAL_LENGTH));
  if (seal === null) return false;
  return timingSafeEqual(Buffer.from(seal[1]), Buffer.from(sealOf(text.slice(0, -SEAL_LENGTH), key)));
}

function sealOf(text: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');
}
