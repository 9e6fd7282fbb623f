/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const pl: Translation<Messages> = {};
