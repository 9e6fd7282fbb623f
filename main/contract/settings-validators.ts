/** Validators of the settings and of the requests about them. */

import * as v from 'valibot';
import { policy } from './copying-validators.ts';
import { type ArgumentSchemas, hostPath, none } from './fields.ts';
import type { Settings, SettingsRequests } from './settings.ts';

const settingsFields = {
  targetFolder: hostPath,
  conflictPolicy: policy,
  showHidden: v.boolean(),
  showAllMedia: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
};

/** The whole of the settings, as they are kept in their file. */
export const settingsSchema: v.GenericSchema<unknown, Settings> = v.object(settingsFields);

const settingsChange = v.partial(v.strictObject(settingsFields));

export const settingsSchemas: ArgumentSchemas<SettingsRequests> = {
  'app.info': none,
  'settings.change': v.strictTuple([settingsChange]),
};
