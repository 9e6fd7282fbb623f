/**
 * Names of HFS Plus: their order (TN1150, "Unicode Subtleties" and "Case-Insensitive String Comparison Algorithm") and their decomposed form
 * ("Canonical Decomposition" there).
 */

/** The ranges of Apple's folding table in which each unit is folded by the same distance. */
const FOLDED_RANGES: ReadonlyArray<[first: number, last: number, distance: number]> = [
  [0x0041, 0x005a, 0x20],
  [0x0391, 0x03a1, 0x20],
  [0x03a3, 0x03a9, 0x20],
  [0x0410, 0x0418, 0x20],
  [0x041a, 0x042f, 0x20],
  [0x0531, 0x0556, 0x30],
  [0x10a0, 0x10c5, 0x30],
  [0x2160, 0x216f, 0x10],
  [0xff21, 0xff3a, 0x20],
];

/** Ranges in which every second unit, from the first on, is folded to the next one. */
const ALTERNATING_RANGES: ReadonlyArray<[first: number, last: number]> = [
  [0x0182, 0x0184],
  [0x01a2, 0x01a4],
  [0x03e2, 0x03ee],
  [0x0460, 0x0474],
  [0x0478, 0x0480],
  [0x0490, 0x04be],
];

/** Single units that are folded to the next one. */
const FOLDED_TO_NEXT = [
  0x0110, 0x0126, 0x0132, 0x013f, 0x0141, 0x014a, 0x0152, 0x0166, 0x0187, 0x018b, 0x0191, 0x0198, 0x01a7, 0x01ac,
  0x01b3, 0x01b5, 0x01b8, 0x01bc, 0x01c5, 0x01c8, 0x01cb, 0x01e4, 0x01f2, 0x04c3, 0x04c7, 0x04cb,
];

/** The others, in pairs. */
const FOLDED_SINGLY = [
  0x00c6, 0x00e6, 0x00d0, 0x00f0, 0x00d8, 0x00f8, 0x00de, 0x00fe, 0x0181, 0x0253, 0x0186, 0x0254, 0x0189, 0x0256,
  0x018a, 0x0257, 0x018e, 0x01dd, 0x018f, 0x0259, 0x0190, 0x025b, 0x0193, 0x0260, 0x0194, 0x0263, 0x0196, 0x0269,
  0x0197, 0x0268, 0x019c, 0x026f, 0x019d, 0x0272, 0x019f, 0x0275, 0x01a9, 0x0283, 0x01ae, 0x0288, 0x01b1, 0x028a,
  0x01b2, 0x028b, 0x01b7, 0x0292, 0x01c4, 0x01c6, 0x01c7, 0x01c9, 0x01ca, 0x01cc, 0x01f1, 0x01f3, 0x0402, 0x0452,
  0x0404, 0x0454, 0x0405, 0x0455, 0x0406, 0x0456, 0x0408, 0x0458, 0x0409, 0x0459, 0x040a, 0x045a, 0x040b, 0x045b,
  0x040f, 0x045f,
];

/** Units that do not count in a comparison: joiners, marks of direction and the byte order mark. */
const IGNORED_RANGES: ReadonlyArray<[first: number, last: number]> = [
  [0x200c, 0x200f],
  [0x202a, 0x202e],
  [0x206a, 0x206f],
  [0xfeff, 0xfeff],
];

const IGNORED = 0;

const foldTable = buildFoldTable();

function buildFoldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) table[unit] = unit;
  // NUL sorts behind everything: names of the private folders begin with it.
  table[0] = 0xffff;
  for (const [first, last, distance] of FOLDED_RANGES)
    for (let unit = first; unit <= last; unit++) table[unit] = unit + distance;
  for (const [first, last] of ALTERNATING_RANGES)
    for (let unit = first; unit <= last; unit += 2) table[unit] = unit + 1;
  for (const unit of FOLDED_TO_NEXT) table[unit] = unit + 1;
  for (let i = 0; i < FOLDED_SINGLY.length; i += 2) table[FOLDED_SINGLY[i]] = FOLDED_SINGLY[i + 1];
  for (const [first, last] of IGNORED_RANGES) table.fill(IGNORED, first, last + 1);
  return table;
}

/** The unit under which `unit` is compared; 0: it does not count. */
export function foldedUnit(unit: number): number {
  return foldTable[unit];
}

/** The sign of (the `count` big-endian units at `at`) - `name`, with folding and without the ignored units. */
export function compareFolded(bytes: Uint8Array, at: number, count: number, name: string): number {
  let i = 0;
  let j = 0;
  for (;;) {
    let a = IGNORED;
    let b = IGNORED;
    while (a === IGNORED && i < count) {
      a = foldTable[(bytes[at + 2 * i] << 8) | bytes[at + 2 * i + 1]];
      i += 1;
    }
    while (b === IGNORED && j < name.length) {
      b = foldTable[name.charCodeAt(j)];
      j += 1;
    }
    if (a !== b) return a < b ? -1 : 1;
    if (a === IGNORED) return 0;
  }
}

/** The same by the units' numbers: HFSX's binary order, and that of attributes' names. */
export function compareBinary(bytes: Uint8Array, at: number, count: number, name: string): number {
  const common = Math.min(count, name.length);
  for (let i = 0; i < common; i++) {
    const a = (bytes[at + 2 * i] << 8) | bytes[at + 2 * i + 1];
    const b = name.charCodeAt(i);
    if (a !== b) return a < b ? -1 : 1;
  }
  return count - name.length;
}

/** What Apple never decomposes: symbols, and ideographs kept for compatibility (TN1150's table leaves them out). */
const NORMALISED = /[^\u2000-\u2fff\uf900-\ufaff\u{2f800}-\u{2faff}]+/gu;
const NOT_ASCII = /[^\0-\x7f]/;

/** The form in which names are stored. */
export function decomposed(name: string): string {
  return NOT_ASCII.test(name) ? name.replace(NORMALISED, (part) => part.normalize('NFD')) : name;
}

/** The form in which names are shown, and typed everywhere but on a Macintosh. */
export function composed(name: string): string {
  return NOT_ASCII.test(name) ? name.replace(NORMALISED, (part) => part.normalize('NFC')) : name;
}

/** ':' and '/' change places between the disk and paths (TN1150, "HFS Plus Names"; both are separators in their own world). */
export function swapSeparators(name: string): string {
  if (!name.includes(':') && !name.includes('/')) return name;
  return name.replace(/[:/]/g, (separator) => (separator === ':' ? '/' : ':'));
}
