/** What a device says of itself: no control or format characters, and no more than a line. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, 80);
}
