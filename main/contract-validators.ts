/** Validators of what the renderer asks: one schema for each request's arguments, by area in contract/. A request without one does not compile. */

import * as v from 'valibot';
import { copyingSchemas } from './contract/copying-validators.ts';
import type { ArgumentSchemas } from './contract/fields.ts';
import { findingSchemas } from './contract/finding-validators.ts';
import { hardwareSchemas } from './contract/hardware-validators.ts';
import { hostSchemas } from './contract/host-validators.ts';
import { knowingSchemas } from './contract/knowing-validators.ts';
import { lookoutSchemas } from './contract/lookout-validators.ts';
import { mediaSchemas } from './contract/media-validators.ts';
import { previewSchemas } from './contract/previews-validators.ts';
import { settingsSchemas } from './contract/settings-validators.ts';
import { shellSchemas } from './contract/shell-validators.ts';
import type { RequestName, Requests } from './contract.ts';

const argumentSchemas: ArgumentSchemas<Requests> = {
  ...mediaSchemas,
  ...hardwareSchemas,
  ...lookoutSchemas,
  ...findingSchemas,
  ...knowingSchemas,
  ...copyingSchemas,
  ...settingsSchemas,
  ...hostSchemas,
  ...shellSchemas,
  ...previewSchemas,
};

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(argumentSchemas, name);
}

/** The arguments with their types, or null if they are not what the contract says. */
export function checkedArguments<Name extends RequestName>(
  name: Name,
  args: unknown,
): Parameters<Requests[Name]> | null {
  const result = v.safeParse(argumentSchemas[name], args);
  return result.success ? result.output : null;
}
