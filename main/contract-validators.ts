/** Validators of what the renderer asks: one schema for each request's arguments. A request without one does not compile. */

import * as v from 'valibot';
import type { RequestName, Requests, Settings } from './contract.ts';

/** Longer than any path that a host or a mount accepts. */
const MAX_PATH_LENGTH = 32_768;
/** Ids are made by main and are short. */
const MAX_ID_LENGTH = 500;
/** Chosen one by one in a window; more is a whole folder's worth, which is one path. */
const MAX_COPY_PATHS = 100_000;
const MAX_PAGE_ENTRIES = 1000;

const id = v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PATH_LENGTH));
const hostPath = v.pipe(
  path,
  v.check((text) => !text.includes('\0')),
);
const volume = v.pipe(v.number(), v.integer(), v.minValue(0));
const policy = v.picklist(['ask', 'skip', 'rename', 'overwrite']);

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

const copyRequest = v.strictObject({
  mediumId: id,
  volume,
  paths: v.pipe(v.array(path), v.minLength(1), v.maxLength(MAX_COPY_PATHS)),
  target: v.nullable(hostPath),
  policy,
});

type ArgumentSchemas = { [Name in RequestName]: v.GenericSchema<unknown, Parameters<Requests[Name]>> };

const none = v.strictTuple([]);
const oneId = v.strictTuple([id]);
const place = v.strictTuple([id, volume, path]);

const argumentSchemas: ArgumentSchemas = {
  'app.info': none,
  'settings.change': v.strictTuple([settingsChange]),
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
  'copy.start': v.strictTuple([copyRequest]),
  'copy.answer': v.strictTuple([id, v.picklist(['skip', 'rename', 'overwrite', 'cancel']), v.boolean()]),
  'copy.cancel': oneId,
  'copy.dismiss': oneId,
  'copy.list': none,
  'copy.items': v.strictTuple([id, v.pipe(v.number(), v.integer(), v.minValue(0))]),
  'host.chooseImage': none,
  'host.chooseFolder': none,
  'host.listFolder': v.strictTuple([v.nullable(hostPath)]),
  'host.createFolder': v.strictTuple([hostPath]),
  'host.reveal': v.strictTuple([hostPath]),
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
