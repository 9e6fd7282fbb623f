/** Validators of the requests about copying. */

import * as v from 'valibot';
import type { CopyingRequests } from './copying.ts';
import { type ArgumentSchemas, hostPath, id, none, oneId, path, volume } from './fields.ts';

/** Chosen one by one in a window; more is a whole folder's worth, which is one path. */
const MAX_COPY_PATHS = 100_000;

export const policy = v.picklist(['ask', 'skip', 'rename', 'overwrite']);

const paths = v.pipe(v.array(path), v.minLength(1), v.maxLength(MAX_COPY_PATHS));
const MAX_FILES_PAGE = 1000;
const position = v.pipe(v.number(), v.integer(), v.minValue(0));

const copyRequest = v.strictObject({
  mediumId: id,
  volume,
  paths,
  target: v.nullable(hostPath),
  policy,
  only: v.optional(v.picklist(['all', 'documents-and-media'])),
  verification: v.optional(v.picklist(['cache', 'disk'])),
});

export const copyingSchemas: ArgumentSchemas<CopyingRequests> = {
  'copy.start': v.strictTuple([copyRequest]),
  'copy.answer': v.strictTuple([id, v.picklist(['skip', 'rename', 'overwrite', 'cancel']), v.boolean()]),
  'copy.cancel': oneId,
  'copy.dismiss': oneId,
  'copy.undo': oneId,
  'copy.list': none,
  'copy.pause': oneId,
  'copy.resume': oneId,
  'copy.retry': oneId,
  'copy.items': v.strictTuple([id, position]),
  'copy.files': v.strictTuple([
    id,
    position,
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FILES_PAGE)),
  ]),
  'copy.saveReport': v.strictTuple([id, v.picklist(['html', 'sha256sum']), v.nullable(hostPath)]),
  'copy.prepareDrag': v.strictTuple([id, volume, paths]),
};
