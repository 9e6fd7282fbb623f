/** The forms of Polish for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('pl');
