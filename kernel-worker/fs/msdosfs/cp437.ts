/** Code page 437, in which DOS and Windows write short names unless told otherwise. Source: unicode.org, VENDORS/MICSFT/PC/CP437. */

/** Bytes 0x80 to 0xFF. */
const HIGH_HALF =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

export function decodeCp437(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++)
    text += bytes[i] < 0x80 ? String.fromCharCode(bytes[i]) : HIGH_HALF[bytes[i] - 0x80];
  return text;
}
