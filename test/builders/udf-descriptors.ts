/**
 * Descriptors of UDF laid out byte by byte from ECMA-167 (3rd edition) and OSTA UDF 1.50 to 2.60, for the image builder in udf.ts. Written apart from
 * the driver, of which it uses nothing, so that the two can contradict each other.
 */

export interface Address {
  block: number;
  partition: number;
}

/** 2024-02-29T12:34:56.789012+02:00. */
export const WRITTEN = '2024-02-29T10:34:56.789012Z';

/** ECMA-167 1/7.2.6, bit by bit. */
function crc(bytes: Uint8Array): number {
  let remainder = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const top = (remainder >> 15) ^ ((byte >> bit) & 1);
      remainder = ((remainder << 1) & 0xffff) ^ (top ? 0x1021 : 0);
    }
  }
  return remainder;
}

/** Puts the tag before a descriptor whose first 16 bytes are free. */
export function tagged(identifier: number, location: number, descriptor: Buffer): Buffer {
  descriptor.writeUInt16LE(identifier, 0);
  descriptor.writeUInt16LE(3, 2);
  descriptor.writeUInt8(0, 4);
  descriptor.writeUInt16LE(1, 6);
  descriptor.writeUInt16LE(crc(descriptor.subarray(16)), 8);
  descriptor.writeUInt16LE(descriptor.length - 16, 10);
  descriptor.writeUInt32LE(location, 12);
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += descriptor[i];
  descriptor.writeUInt8(sum & 0xff, 4);
  return descriptor;
}

/** Joins fields: numbers with their width in bytes, texts, buffers. */
export function fields(...parts: Array<Buffer | [value: number, width: number]>): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (Buffer.isBuffer(part)) return part;
      const field = Buffer.alloc(part[1]);
      if (part[1] === 8) field.writeBigUInt64LE(BigInt(part[0]));
      else field.writeUIntLE(part[0], 0, part[1]);
      return field;
    }),
  );
}

export const zeros = (count: number) => Buffer.alloc(count);

export function compressed(text: string, compression: 8 | 16 = /^[\0-\xff]*$/.test(text) ? 8 : 16): Buffer {
  const units = [...Array(text.length).keys()].map((i) => text.charCodeAt(i));
  return Buffer.from([compression, ...units.flatMap((unit) => (compression === 8 ? [unit] : [unit >> 8, unit & 255]))]);
}

export function dstring(text: string, length: number): Buffer {
  const field = zeros(length);
  const content = compressed(text);
  content.copy(field);
  field[length - 1] = content.length;
  return field;
}

export function regid(name: string, suffix: Buffer = zeros(8)): Buffer {
  return fields([0, 1], Buffer.from(name.padEnd(23, '\0'), 'latin1'), suffix);
}

export function domain(revision: number): Buffer {
  return regid('*OSTA UDF Compliant', fields([revision, 2], zeros(6)));
}

export function charspec(): Buffer {
  return fields([0, 1], Buffer.from('OSTA Compressed Unicode'.padEnd(63, '\0'), 'latin1'));
}

/** The time of WRITTEN: type 1, two hours east. */
export function timestamp(): Buffer {
  return fields([0x1000 | 120, 2], [2024, 2], Buffer.from([2, 29, 12, 34, 56, 78, 90, 12]));
}

export const extentAd = (lengthBytes: number, block: number) => fields([lengthBytes, 4], [block, 4]);
export const shortAd = (lengthBytes: number, block: number, type = 0) =>
  fields([type * 2 ** 30 + lengthBytes, 4], [block, 4]);
export const longAd = (lengthBytes: number, at: Address, type = 0) =>
  fields([type * 2 ** 30 + lengthBytes, 4], [at.block, 4], [at.partition, 2], zeros(6));
export const extendedAd = (lengthBytes: number, at: Address, type = 0) =>
  fields(
    [type * 2 ** 30 + lengthBytes, 4],
    [type === 0 ? lengthBytes : 0, 4],
    [lengthBytes, 4],
    [at.block, 4],
    [at.partition, 2],
    zeros(2),
  );

export interface EntryFields {
  fileType: number;
  /** 0 short, 1 long, 2 extended, 3 embedded. */
  allocation: number;
  size: number;
  /** Allocation descriptors or embedded content. */
  body: Buffer;
  blocksRecorded: number;
  extended?: boolean;
  strategy?: number;
  flags?: number;
  permissions?: number;
  links?: number;
  uid?: number;
  uniqueId?: number;
  attributes?: Buffer;
  streams?: { at: Address; lengthBytes: number };
}

/** File entry (4/14.9) or extended file entry (4/14.17). */
export function fileEntry(location: number, entry: EntryFields): Buffer {
  const strategy = entry.strategy ?? 4;
  const attributes = entry.attributes ?? zeros(0);
  const icbTag = fields(
    [0, 4],
    [strategy, 2],
    strategy === 4096 ? Buffer.from([1, 0]) : zeros(2),
    [strategy === 4096 ? 2 : 1, 2],
    [0, 1],
    [entry.fileType, 1],
    zeros(6),
    [(entry.flags ?? 0) | entry.allocation, 2],
  );
  const owner = fields(
    [entry.uid ?? 1000, 4],
    [100, 4],
    [entry.permissions ?? 0x7884, 4],
    [entry.links ?? 1, 2],
    zeros(6),
  );
  const tail = fields([attributes.length, 4], [entry.body.length, 4], attributes, entry.body);
  if (!entry.extended) {
    const times = Buffer.concat([timestamp(), timestamp(), timestamp()]);
    const sizes = fields([entry.size, 8], [entry.blocksRecorded, 8]);
    const rest = fields([1, 4], zeros(16), regid('*Airlock builder'), [entry.uniqueId ?? 16, 8]);
    return tagged(261, location, Buffer.concat([zeros(16), icbTag, owner, sizes, times, rest, tail]));
  }
  const times = Buffer.concat([timestamp(), timestamp(), timestamp(), timestamp()]);
  const sizes = fields([entry.size, 8], [entry.size, 8], [entry.blocksRecorded, 8]);
  const { streams } = entry;
  const streamIcb = streams === undefined ? zeros(16) : longAd(streams.lengthBytes, streams.at);
  const rest = fields([1, 4], zeros(4), zeros(16), streamIcb, regid('*Airlock builder'), [entry.uniqueId ?? 16, 8]);
  return tagged(266, location, Buffer.concat([zeros(16), icbTag, owner, sizes, times, rest, tail]));
}

/** File identifier descriptor (4/14.4), padded to four bytes. */
export function fileIdentifier(
  location: number,
  identifier: Buffer,
  characteristics: number,
  icb: Buffer,
  implementationUse: Buffer = zeros(0),
): Buffer {
  const body = fields(
    zeros(16),
    [1, 2],
    [characteristics, 1],
    [identifier.length, 1],
    icb,
    [implementationUse.length, 2],
    implementationUse,
    identifier,
  );
  return tagged(257, location, Buffer.concat([body, zeros((4 - (body.length % 4)) % 4)]));
}

export function allocationExtent(location: number, descriptors: Buffer): Buffer {
  return tagged(258, location, fields(zeros(16), [0, 4], [descriptors.length, 4], descriptors));
}

/** Indirect entry (4/14.7). */
export function indirectEntry(location: number, icb: Buffer): Buffer {
  const icbTag = fields([1, 4], [4096, 2], Buffer.from([1, 0]), [2, 2], [0, 1], [3, 1], zeros(8));
  return tagged(259, location, Buffer.concat([zeros(16), icbTag, icb]));
}

/** Extended attribute space (4/14.10.1) with these attributes, implementation use ones first as the header's two places ask. */
export function attributeSpace(location: number, ecma: Buffer[], implementationUse: Buffer[] = []): Buffer {
  const standard = Buffer.concat(ecma);
  const use = Buffer.concat(implementationUse);
  const useAt = use.length === 0 ? 0xffffffff : 24 + standard.length;
  const header = tagged(262, location, fields(zeros(16), [useAt, 4], [0xffffffff, 4]));
  return Buffer.concat([header, standard, use]);
}

function attribute(type: number, body: Buffer): Buffer {
  return fields([type, 4], [1, 1], zeros(3), [12 + body.length, 4], body);
}

export function deviceAttribute(major: number, minor: number): Buffer {
  return attribute(12, fields([0, 4], [major, 4], [minor, 4]));
}

/** File times with a creation time only (4/14.10.5). */
export function creationAttribute(): Buffer {
  return attribute(5, fields([12, 4], [1, 4], timestamp()));
}

/** Implementation use attribute (4/14.10.8) with UDF's header checksum (the sum of the first 48 bytes) in front. */
export function useAttribute(name: string, content: Buffer): Buffer {
  const bytes = attribute(2048, fields([2 + content.length, 4], regid(name), [0, 2], content));
  let sum = 0;
  for (let i = 0; i < 48; i++) sum += bytes[i];
  bytes.writeUInt16LE(sum & 0xffff, 48);
  return bytes;
}
