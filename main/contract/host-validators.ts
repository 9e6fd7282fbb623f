/** Validators of the requests about the host's folders. */

import * as v from 'valibot';
import { type ArgumentSchemas, hostPath, none } from './fields.ts';
import type { HostRequests } from './host.ts';

export const hostSchemas: ArgumentSchemas<HostRequests> = {
  'host.chooseImage': none,
  'host.chooseFolder': none,
  'host.listFolder': v.strictTuple([v.nullable(hostPath)]),
  'host.createFolder': v.strictTuple([hostPath]),
  'host.reveal': v.strictTuple([hostPath]),
};
