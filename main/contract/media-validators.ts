/** Validators of the requests about media. */

import * as v from 'valibot';
import { type ArgumentSchemas, hostPath, id, none, oneId, place } from './fields.ts';
import type { MediaRequests } from './media.ts';

const MAX_PAGE_ENTRIES = 1000;

export const mediaSchemas: ArgumentSchemas<MediaRequests> = {
  'media.list': none,
  'media.open': oneId,
  'media.openImage': v.strictTuple([hostPath]),
  'media.openSample': none,
  'media.restart': oneId,
  'media.eject': v.strictTuple([id, v.boolean()]),
  'media.log': oneId,
  'folder.open': place,
  'folder.read': v.strictTuple([id, v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PAGE_ENTRIES))]),
  'folder.close': oneId,
  'file.describe': place,
};
