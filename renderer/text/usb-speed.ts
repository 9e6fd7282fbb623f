/** The speed that a USB device and its port agreed on, in words: the classes of the USB specifications, by their rates as sysfs gives them. */

import { messages } from '../messages/messages.ts';

/** `megabits` a second; null if unknown, then there is nothing to say. */
export function speedText(megabits: number | null): string | null {
  const text = messages.speed;
  if (megabits === null) return null;
  if (megabits < 12) return text.low;
  if (megabits < 480) return text.full;
  if (megabits < 5000) return text.high;
  return megabits === 5000 ? text.super : text.superPlus(String(megabits / 1000));
}
