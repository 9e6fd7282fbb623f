/** CRC-ITU-T: polynomial x^16 + x^12 + x^5 + 1, initial value 0, bits from the highest, as ECMA-167 (1/7.2.6) and MODEM protocols use it. */

const TABLE = /* @__PURE__ */ makeTable();

function makeTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte << 8;
    for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1;
    table[byte] = value;
  }
  return table;
}

/** The CRC of bytes[start, end). */
export function crcItuT(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >> 8) ^ bytes[i]];
  return crc;
}
