/** placeholder */
import type { Messages, Translation } from '../messages.ts';
export const zhCN: Translation<Messages> = {};
