/** Validators of the settings and of the requests about them. */

import * as v from 'valibot';
import { LANGUAGES } from '../../assets/messages/languages.ts';
import { policy } from './copying-validators.ts';
import { type ArgumentSchemas, hostPath, none } from './fields.ts';
import type { Settings, SettingsRequests } from './settings.ts';

/** Narrower shows nothing, wider is no column any more. */
const MIN_COLUMN_WIDTH = 40;
const MAX_COLUMN_WIDTH = 1000;

const listColumn = v.strictObject({
  column: v.picklist(['size', 'modified', 'created', 'type', 'extension', 'attributes', 'owner']),
  width: v.pipe(v.number(), v.integer(), v.minValue(MIN_COLUMN_WIDTH), v.maxValue(MAX_COLUMN_WIDTH)),
});

const settingsFields = {
  targetFolder: hostPath,
  conflictPolicy: policy,
  showHidden: v.boolean(),
  showAllMedia: v.boolean(),
  theme: v.picklist(['system', 'light', 'dark']),
  view: v.picklist(['list', 'grid']),
  columns: v.pipe(
    v.array(listColumn),
    v.check((list) => new Set(list.map(({ column }) => column)).size === list.length),
  ),
  contrast: v.picklist(['system', 'more']),
  welcomed: v.boolean(),
  fatCodePage: v.pipe(v.string(), v.regex(/^(\d{3,4})?$/)),
  fatTimeZone: v.pipe(v.string(), v.regex(/^([+-](0\d|1[0-4]):(00|15|30|45))?$/)),
  language: v.picklist(['system', ...LANGUAGES]),
  tray: v.boolean(),
  keepRunning: v.boolean(),
  notifyPlugged: v.boolean(),
  rememberMedia: v.boolean(),
  verification: v.picklist(['automatic', 'cache', 'disk']),
  provenance: v.boolean(),
};

/** The whole of the settings, as they are kept in their file. */
export const settingsSchema: v.GenericSchema<unknown, Settings> = v.object(settingsFields);

const settingsChange = v.partial(v.strictObject(settingsFields));

export const settingsSchemas: ArgumentSchemas<SettingsRequests> = {
  'app.info': none,
  'settings.change': v.strictTuple([settingsChange]),
};
