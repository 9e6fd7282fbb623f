/** The languages of Airlock. Every language has all of English's messages: the type sees to it. */

import type { en } from './en/index.ts';

export type Messages = typeof en;
