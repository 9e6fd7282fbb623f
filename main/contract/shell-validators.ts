/** Validators of the requests to the window's shell. */

import * as v from 'valibot';
import { type ArgumentSchemas, hostPath } from './fields.ts';
import type { ShellRequests } from './shell.ts';

/** More than anybody selects to drag. */
const MAX_DRAGGED = 10_000;
/** NAME_MAX of common file systems, in bytes and so in no more characters. */
const MAX_NAME_LENGTH = 255;

const fileName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(MAX_NAME_LENGTH),
  v.check((name) => !/[/\\\0]/.test(name) && name !== '.' && name !== '..'),
);

export const shellSchemas: ArgumentSchemas<ShellRequests> = {
  'host.dragOut': v.strictTuple([v.pipe(v.array(hostPath), v.minLength(1), v.maxLength(MAX_DRAGGED))]),
  'host.saveFile': v.strictTuple([fileName]),
};
