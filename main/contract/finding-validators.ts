/** Validators of the requests about finding. */

import * as v from 'valibot';
import { type ArgumentSchemas, id, oneId, path, volume } from './fields.ts';
import type { FindingRequests } from './finding.ts';

/** Longer than any name. */
const MAX_NAME_LENGTH = 255;
/** More than all kinds together have. */
const MAX_EXTENSIONS = 500;
const MAX_EXTENSION_LENGTH = 16;

const bytes = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)));
const seconds = v.pipe(v.number(), v.integer());
const timeBound = v.nullable(v.strictObject({ instantSec: seconds, wallSec: seconds }));

const query = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)),
  what: v.picklist(['all', 'files', 'folders']),
  extensions: v.nullable(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_EXTENSION_LENGTH))), v.maxLength(MAX_EXTENSIONS)),
  ),
  minBytes: bytes,
  maxBytes: bytes,
  modifiedFrom: timeBound,
  modifiedBefore: timeBound,
});

export const findingSchemas: ArgumentSchemas<FindingRequests> = {
  'search.open': v.strictTuple([id, v.nullable(volume), path, query]),
  'search.read': oneId,
  'search.close': oneId,
  'space.open': v.strictTuple([id, volume]),
  'space.read': oneId,
  'space.view': v.strictTuple([id, path]),
  'space.close': oneId,
};
