/** Validators of the requests about knowing a medium. */

import { type ArgumentSchemas, none, oneId } from './fields.ts';
import type { KnowingRequests } from './knowing.ts';

export const knowingSchemas: ArgumentSchemas<KnowingRequests> = {
  'media.health': oneId,
  'seen.of': oneId,
  'seen.list': none,
  'seen.forget': oneId,
  'seen.forgetAll': none,
};
