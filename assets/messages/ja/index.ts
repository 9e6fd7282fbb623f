/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const ja: Translation<Messages> = {};
