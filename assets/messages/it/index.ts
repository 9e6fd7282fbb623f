/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const it: Translation<Messages> = {};
