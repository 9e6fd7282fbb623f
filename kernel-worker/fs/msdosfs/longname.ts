/**
 * Long names, collected from the slots in front of a short entry ("FAT Long Directory Entries"): the last part first, numbered, each with
 * the checksum of the short name that they belong to.
 */

import { nameFromUnits } from '../../rump/vfs/names.ts';

/** 13 UTF-16 units in a slot, and 20 slots: 255 units and the NUL. */
const UNITS_IN_SLOT = 13;
const MAX_SLOTS = 20;
const MAX_UNITS = 255;
/** Set in the number of the slot that comes first on the medium. */
const LAST_PART = 0x40;
/** Where a slot's units stand: LDIR_Name1, LDIR_Name2 and LDIR_Name3. */
const UNIT_OFFSETS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const;
/** LDIR_Chksum. */
const CHECKSUM_OFFSET = 13;

/** Reused for all entries of a directory: nothing is allocated until a name is complete. */
export class LongName {
  private readonly units = new Uint16Array(MAX_SLOTS * UNITS_IN_SLOT);
  private slots = 0;
  /** Number of the slot that must come next; 0: the short entry must. */
  private awaited = 0;
  private checksum = 0;

  /** Forgets the slots met so far: what follows does not belong to them. */
  reset(): void {
    this.slots = 0;
  }

  /** A slot of a long name. One that does not continue what came before begins anew, or is an orphan and is forgotten. */
  add(bytes: Uint8Array, at: number): void {
    const number = bytes[at] & ~LAST_PART;
    const checksum = bytes[at + CHECKSUM_OFFSET];
    if ((bytes[at] & LAST_PART) !== 0) {
      this.slots = number <= MAX_SLOTS ? number : 0;
      this.checksum = checksum;
    } else if (number !== this.awaited || checksum !== this.checksum) {
      this.slots = 0;
    }
    if (this.slots === 0 || number === 0) {
      this.slots = 0;
      return;
    }
    this.awaited = number - 1;
    const first = (number - 1) * UNITS_IN_SLOT;
    for (let i = 0; i < UNITS_IN_SLOT; i++) {
      const unit = at + UNIT_OFFSETS[i];
      this.units[first + i] = bytes[unit] | (bytes[unit + 1] << 8);
    }
  }

  /** The name, if the slots are complete and belong to the short entry at `at`; else null: the short name counts then. Forgets the slots. */
  take(bytes: Uint8Array, at: number): string | null {
    const { slots } = this;
    if (slots === 0) return null;
    this.slots = 0;
    if (this.awaited !== 0 || this.checksum !== shortNameChecksum(bytes, at)) return null;
    let length = slots * UNITS_IN_SLOT;
    for (let i = length - UNITS_IN_SLOT; i < length; i++) if (this.units[i] === 0) length = i;
    if (length === 0 || length > MAX_UNITS) return null;
    return nameFromUnits(this.units.subarray(0, length));
  }
}

/** ChkSum() of the specification: rotate right, add the next byte. */
export function shortNameChecksum(bytes: Uint8Array, at: number): number {
  let sum = 0;
  for (let i = at; i < at + 11; i++) sum = (((sum & 1) << 7) + (sum >> 1) + bytes[i]) & 0xff;
  return sum;
}
