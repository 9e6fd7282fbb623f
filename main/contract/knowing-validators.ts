/** Validators of the requests about knowing a medium. */

import * as v from 'valibot';
import { type ArgumentSchemas, id, none, oneId } from './fields.ts';
import type { KnowingRequests } from './knowing.ts';

export const knowingSchemas: ArgumentSchemas<KnowingRequests> = {
  'media.health': oneId,
  'seen.of': oneId,
  'seen.list': none,
  'seen.forget': oneId,
  'seen.forgetAll': none,
  'seen.restore': v.strictTuple([v.nullable(id)]),
};
