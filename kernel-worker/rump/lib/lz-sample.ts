/** What the test vectors of the LZ decoders decode to: words, calls of x86 code, repetitions and noise, the same on every machine. For tests only. */

/** `length` bytes that begin the same for every length. */
export function lzSample(length: number): Uint8Array {
  const words = ['airlock ', 'stick ', 'rump ', 'kernel ', 'the ', 'of ', 'volume\r\n', 'sector ', '\t', 'cluster '];
  const bytes = new Uint8Array(length + 64);
  let state = 12345;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  let at = 0;
  while (at < length) {
    const kind = random(24);
    if (kind === 0) {
      // A call: 0xe8 and a small relative target, sometimes negative.
      const target = random(200_000) - 50_000;
      bytes.set([0xe8, target & 0xff, (target >> 8) & 0xff, (target >> 16) & 0xff, (target >> 24) & 0xff], at);
      at += 5;
    } else if (kind === 1) {
      const end = Math.min(at + 8, bytes.length);
      while (at < end) bytes[at++] = random(256);
    } else if (kind === 2) {
      const end = Math.min(at + 3 + random(400), length);
      const byte = random(256);
      while (at < end) bytes[at++] = byte;
    } else {
      for (const character of words[random(words.length)]) if (at < bytes.length) bytes[at++] = character.charCodeAt(0);
    }
  }
  return bytes.slice(0, length);
}

/** `length` bytes of 16-byte records, each new or like an earlier one: matches lie at multiples of 16, for which LZX has its aligned blocks. */
export function lzRecords(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 999;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  for (let at = 0; at + 16 <= length; at += 16) {
    const from = 16 * random(Math.max(1, at / 16));
    bytes.copyWithin(at, from, from + 16);
    if (random(8) === 0) for (let i = 0; i < 16; i++) bytes[at + i] = random(256);
    else bytes[at + 12 + random(4)] = random(256);
  }
  return bytes;
}
