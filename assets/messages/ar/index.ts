/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const ar: Translation<Messages> = {};
