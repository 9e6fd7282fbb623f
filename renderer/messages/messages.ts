/** The messages of the language in use. */

import { en } from './en.ts';

/** Every language has all of English's messages: the type sees to it. */
export type Messages = typeof en;

export const messages: Messages = en;
