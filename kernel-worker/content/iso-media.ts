/** Files of boxes (ISO/IEC 14496-12: MP4, QuickTime, HEIF, AVIF, 3GP): told apart by the brands of their first box. */

import { latin1 } from '../rump/vfs/bytes.ts';
import type { ContentType } from './content-class.ts';

const PICTURE_BRANDS: Record<string, string> = {
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic-sequence',
  mif1: 'image/heif',
  msf1: 'image/heif-sequence',
  avif: 'image/avif',
  avis: 'image/avif',
  'crx ': 'image/x-canon-cr3',
};
const SOUND_BRANDS: readonly string[] = ['M4A ', 'M4B ', 'M4P ', 'F4A ', 'F4B '];
/** Boxes with which QuickTime files without a first box of brands begin. */
const OLD_BOXES: readonly string[] = ['moov', 'mdat', 'wide', 'pnot'];

/** null: no such file. */
export function isoMediaType(head: Uint8Array): ContentType | null {
  const box = latin1(head, 4, 4);
  if (OLD_BOXES.includes(box) && head[0] === 0) return { mime: 'video/quicktime', class: 'video' };
  if (box !== 'ftyp') return null;
  const brand = latin1(head, 8, 4);
  if (Object.hasOwn(PICTURE_BRANDS, brand)) return { mime: PICTURE_BRANDS[brand], class: 'picture' };
  if (SOUND_BRANDS.includes(brand)) return { mime: 'audio/mp4', class: 'sound' };
  if (brand === 'qt  ') return { mime: 'video/quicktime', class: 'video' };
  return { mime: brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4', class: 'video' };
}
