/** What the frame told about a file, in words: '2400 × 1600', '12 pages'. */

import type { Facts } from '../../preview/protocol.ts';
import { messages } from '../messages/messages.ts';
import { formatCount, formatSize } from '../text/format.ts';

export function factWords(facts: Facts): string[] {
  const text = messages.look;
  const { width, height, seconds, pages, entries, unpackedBytes, lines, charset } = facts;
  const words: string[] = [];
  if (width !== undefined && height !== undefined) words.push(text.pixels(formatCount(width), formatCount(height)));
  if (seconds !== undefined) words.push(clock(seconds));
  if (pages !== undefined) words.push(text.pages(formatCount(pages), pages));
  if (entries !== undefined) words.push(text.entries(formatCount(entries), entries));
  if (unpackedBytes !== undefined) words.push(text.unpacksTo(formatSize(unpackedBytes)));
  if (charset !== undefined) words.push(charset.toUpperCase());
  if (lines !== undefined) words.push(text.lines(formatCount(lines), lines));
  return words;
}

/** '3:07', '1:02:33'. */
function clock(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
