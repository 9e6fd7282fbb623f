/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const es: Translation<Messages> = {};
