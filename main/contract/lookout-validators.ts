/** Validators of the requests about look-outs. */

import * as v from 'valibot';
import { type ArgumentSchemas, id, none, volume } from './fields.ts';
import type { LookoutRequests } from './lookout.ts';

const place = v.strictTuple([id, volume]);

export const lookoutSchemas: ArgumentSchemas<LookoutRequests> = {
  'lookout.start': place,
  'lookout.stop': place,
  'lookout.list': none,
  'lookout.findings': v.strictTuple([id, volume, v.pipe(v.number(), v.integer(), v.minValue(0))]),
  'lookout.failures': place,
};
