/** The forms of French for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('fr');
