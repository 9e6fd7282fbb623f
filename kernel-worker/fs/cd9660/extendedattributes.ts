/** The extended attribute record that may stand before a file's content, as properties for people (ECMA-119 9.5). */

import { u16be, u16le } from '../../rump/vfs/bytes.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { Properties } from '../../rump/vfs/vnode.ts';
import { longTime } from './format.ts';
import type { IsoNode } from './node.ts';
import { blockOffset, type Volume } from './volume.ts';

/** The fields before the application's own. */
const FIXED_BYTES = 250;

/** Who may not: a bit that is set forbids (ECMA-119 9.5.3). Every second bit is always one. */
const PERMISSION_BITS = [
  ['system read', 0],
  ['system execute', 2],
  ['owner read', 4],
  ['owner execute', 6],
  ['group read', 8],
  ['group execute', 10],
  ['others read', 12],
  ['others execute', 14],
] as const;

/** Empty if there is no such record. EIO and EUCLEAN where it cannot be read. */
export function extendedAttributes(volume: Volume, node: IsoNode): Properties {
  const section = node.sections[0];
  if (section.attributeBlocks === 0 || volume.highSierra) return {};
  const start = blockOffset(volume, section.block, FIXED_BYTES, 'an extended attribute record');
  const record = volume.device.bread(start, FIXED_BYTES);
  // Version 1 is the only one there is; another first byte of content is no record.
  if (record[180] !== 1) return {};
  const properties: Properties = {};
  const owner = bothOrders(record, 0);
  const group = bothOrders(record, 4);
  if (owner !== 0) properties['Recorded owner'] = owner;
  if (group !== 0) properties['Recorded group'] = group;
  const allowed = PERMISSION_BITS.filter(([, bit]) => (u16be(record, 8) & (1 << bit)) === 0).map(([who]) => who);
  properties['Recorded permissions'] = allowed.join(', ');
  for (const [key, at] of [
    ['Recorded creation', 10],
    ['Recorded modification', 27],
    ['Recorded expiration', 44],
    ['Recorded effective time', 61],
  ] as const) {
    const time = longTime(record, at);
    const text = time === null ? null : formatTimespec(time);
    if (text !== null) properties[key] = text;
  }
  return properties;
}

function bothOrders(record: Uint8Array, at: number): number {
  return u16le(record, at) || u16be(record, at + 2);
}
