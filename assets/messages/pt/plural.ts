/** The forms of Portuguese for counts. */

import { pluralOf } from '../plural.ts';

export const plural = pluralOf('pt');
