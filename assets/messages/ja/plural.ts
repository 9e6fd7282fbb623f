/** The forms of Japanese for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('ja');
