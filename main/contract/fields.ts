/** Parts of requests that many of them have: schemas. */

import * as v from 'valibot';
import type { RequestName, Requests } from '../contract.ts';

/** Longer than any path that a host or a mount accepts. */
const MAX_PATH_LENGTH = 32_768;
/** Ids are made by main and are short. */
const MAX_ID_LENGTH = 500;

/** The schemas of some requests' arguments. A request without one does not compile. */
export type ArgumentSchemas<Area> = {
  [Name in keyof Area & RequestName]: v.GenericSchema<unknown, Parameters<Requests[Name]>>;
};

export const id = v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH));
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PATH_LENGTH));
export const hostPath = v.pipe(
  path,
  v.check((text) => !text.includes('\0')),
);
export const volume = v.pipe(v.number(), v.integer(), v.minValue(0));
export const none = v.strictTuple([]);
export const oneId = v.strictTuple([id]);
/** Medium, volume, path. */
export const place = v.strictTuple([id, volume, path]);
