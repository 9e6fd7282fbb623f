/** Validators of the requests about copying. */

import * as v from 'valibot';
import type { CopyingRequests } from './copying.ts';
import { type ArgumentSchemas, hostPath, id, none, oneId, path, volume } from './fields.ts';

/** Chosen one by one in a window; more is a whole folder's worth, which is one path. */
const MAX_COPY_PATHS = 100_000;

export const policy = v.picklist(['ask', 'skip', 'rename', 'overwrite']);

const copyRequest = v.strictObject({
  mediumId: id,
  volume,
  paths: v.pipe(v.array(path), v.minLength(1), v.maxLength(MAX_COPY_PATHS)),
  target: v.nullable(hostPath),
  policy,
});

export const copyingSchemas: ArgumentSchemas<CopyingRequests> = {
  'copy.start': v.strictTuple([copyRequest]),
  'copy.answer': v.strictTuple([id, v.picklist(['skip', 'rename', 'overwrite', 'cancel']), v.boolean()]),
  'copy.cancel': oneId,
  'copy.dismiss': oneId,
  'copy.list': none,
  'copy.items': v.strictTuple([id, v.pipe(v.number(), v.integer(), v.minValue(0))]),
};
