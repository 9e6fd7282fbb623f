/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const fr: Translation<Messages> = {};
