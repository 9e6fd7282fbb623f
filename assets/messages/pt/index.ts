/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const pt: Translation<Messages> = {};
