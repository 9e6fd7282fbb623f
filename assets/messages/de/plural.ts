/** The forms of German for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('de');
