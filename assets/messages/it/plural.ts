/** The forms of Italian for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('it');
