/** Where a long text may be cut: at line ends, or where there are none, between characters. */

/** Of the bytes that follow a page's border: how many still belong to the page before it. */
export function cutAfterLine(bytes: Uint8Array, charset: string): number {
  const isWide = charset.startsWith('utf-16');
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
    if (!isWide) return at + 1;
    const zeroAt = charset === 'utf-16le' ? at + 1 : at - 1;
    if (at % 2 === (charset === 'utf-16le' ? 0 : 1) && bytes[zeroAt] === 0)
      return charset === 'utf-16le' ? at + 2 : at + 1;
  }
  return isWide ? 0 : restOfCharacter(bytes, charset);
}

/** Bytes that belong to a character of UTF-8 that began before: at most three. */
function restOfCharacter(bytes: Uint8Array, charset: string): number {
  if (charset !== 'utf-8') return 0;
  let at = 0;
  while (at < 3 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) at += 1;
  return at;
}
