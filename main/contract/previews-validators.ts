/** Validators of the requests about looking into files. */

import * as v from 'valibot';
import { type ArgumentSchemas, id, oneId, path, volume } from './fields.ts';
import type { PreviewRequests } from './previews.ts';

export const previewSchemas: ArgumentSchemas<PreviewRequests> = {
  'preview.open': v.strictTuple([id, volume, path, v.nullable(path)]),
  'preview.openConflict': v.strictTuple([id, path]),
  'preview.close': oneId,
};
