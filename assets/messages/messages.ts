/** What every language has: English's messages, by area. The types see to it that no language lacks one, and messages.test.ts to the rest. */

import type { en } from './en/index.ts';

export type Messages = typeof en;
