/** The forms of Spanish for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('es');
