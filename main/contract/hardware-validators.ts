/** Validators of the requests about hardware. */

import * as v from 'valibot';
import { type ArgumentSchemas, hostPath, id, none, oneId } from './fields.ts';
import type { HardwareRequests } from './hardware.ts';

export const hardwareSchemas: ArgumentSchemas<HardwareRequests> = {
  'media.takeOver': oneId,
  'guard.state': none,
  'guard.switch': v.strictTuple([v.boolean()]),
  'imaging.start': v.strictTuple([id, hostPath]),
  'imaging.cancel': oneId,
  'imaging.resume': oneId,
  'imaging.dismiss': oneId,
  'imaging.list': none,
};
