/** The forms of Arabic for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('ar');
