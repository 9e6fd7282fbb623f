/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const de: Translation<Messages> = {};
