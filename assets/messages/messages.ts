/** What every language has: English's messages, by area. The types see to it that no language lacks one, and messages.test.ts to the rest. */

import type { en } from './en/index.ts';

export type Messages = typeof en;

/**
 * What a translator gives for an area of English. While areas are still being written a translation may lack messages (`overEnglish` fills them), but
 * may not have others.
 */
export type Translation<Area> = Area extends (...args: never[]) => unknown
  ? Area
  : Area extends readonly string[]
    ? readonly string[]
    : Area extends object
      ? { [Name in keyof Area]?: Translation<Area[Name]> }
      : Area;

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merged(english: Record<string, unknown>, translated: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(english)) {
    const own = translated[name];
    whole[name] = isGroup(value) && isGroup(own) ? merged(value, own) : (own ?? value);
  }
  return whole;
}

/** A language with English's messages where it has none of its own yet. */
export function overEnglish(english: Messages, translated: Translation<Messages>): Messages {
  return merged(english, translated) as Messages;
}
