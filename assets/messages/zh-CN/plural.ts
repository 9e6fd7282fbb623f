/** The forms of Simplified Chinese for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('zh-CN');
