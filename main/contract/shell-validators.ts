/** Validators of the requests to the window's shell. */

import * as v from 'valibot';
import { type ArgumentSchemas, hostPath } from './fields.ts';
import type { ShellRequests } from './shell.ts';

/** More than anybody selects to drag or to paste. */
const MAX_HANDED_OVER = 10_000;
/** NAME_MAX of common file systems, in bytes and so in no more characters. */
const MAX_NAME_LENGTH = 255;

const fileName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_NAME_LENGTH),
  v.check((name) => !/[/\\\0]/.test(name) && name !== '.' && name !== '..'),
);

const handedOver = v.pipe(v.array(hostPath), v.minLength(1), v.maxLength(MAX_HANDED_OVER));

export const shellSchemas: ArgumentSchemas<ShellRequests> = {
  'host.dragOut': v.strictTuple([handedOver]),
  'host.copyFiles': v.strictTuple([handedOver]),
  'host.saveFile': v.strictTuple([fileName]),
};
