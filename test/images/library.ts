/**
 * The images that the tests read, with the manifests of their reference readers: from `test/images/*.pack`, or, where the environment names a folder in
 * AIRLOCK_IMAGES, from that folder's NAME.img.gz, NAME.manifest.jsonl and NAME.meta.json.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { decodePack, type Pack, unpackImage } from './pack-format.ts';

export interface ReferenceEntry {
  part?: number;
  path: string;
  path_b64?: string;
  type?: string;
  size?: number;
  mtime?: string | null;
  mode?: string | null;
  nlink?: number | null;
  sha256?: string;
  target?: string;
  error?: string;
  [key: string]: unknown;
}

export interface ImageMeta {
  name: string;
  family: string;
  fs: string;
  label: string | null;
  uuid: string | null;
  notes?: string;
  offset?: number;
  scheme?: string;
  mtime_is_local?: boolean;
  raw_size?: number;
  sha256_raw?: string;
  sector_size?: number;
  partitions?: Array<{
    part: number;
    offset: number;
    size: number;
    fs: string;
    label: string;
    mtime_is_local?: boolean;
  }>;
}

export interface TestImage {
  name: string;
  meta: ImageMeta;
  /** The views: '' and further ones such as 'noreplay' or 'joliet'. */
  views: string[];
  bytes(): Uint8Array;
  manifest(view: string): ReferenceEntry[];
}

export interface HostileImage {
  name: string;
  family: string;
  bytes(): Uint8Array;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDER = process.env.AIRLOCK_IMAGES;

function parseLines(text: string): ReferenceEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function imagesOfFolder(folder: string): TestImage[] {
  const files = readdirSync(folder);
  return files
    .filter((file) => file.endsWith('.img.gz'))
    .map((file) => {
      const name = file.slice(0, -'.img.gz'.length);
      const manifests = files.filter((other) => other.startsWith(`${name}.`) && other.endsWith('manifest.jsonl'));
      return {
        name,
        meta: JSON.parse(readFileSync(join(folder, `${name}.meta.json`), 'utf8')),
        views: manifests
          .map((other) => other.slice(name.length + 1, -'manifest.jsonl'.length).replace(/\.$/, ''))
          .sort(),
        bytes: () => gunzipSync(readFileSync(join(folder, file))),
        manifest: (view) =>
          parseLines(readFileSync(join(folder, `${name}.${view === '' ? '' : `${view}.`}manifest.jsonl`), 'utf8')),
      };
    });
}

function imagesOfPack(path: string): TestImage[] {
  const pack = openPack(path);
  return pack.images
    .filter((image) => image.meta !== null)
    .map((image) => ({
      name: image.name,
      meta: image.meta as ImageMeta,
      views: Object.keys(image.manifests).sort(),
      bytes: () => unpackImage(pack, image),
      manifest: (view) => parseLines(image.manifests[view] ?? ''),
    }));
}

const openPacks = new Map<string, Pack>();

function openPack(path: string): Pack {
  const open = openPacks.get(path) ?? decodePack(readFileSync(path));
  openPacks.set(path, open);
  return open;
}

function packs(prefix: string): string[] {
  return readdirSync(HERE)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.pack'))
    .map((file) => join(HERE, file));
}

/** All reference images whose name matches. */
export function testImages(matching: RegExp): TestImage[] {
  const all = FOLDER ? imagesOfFolder(FOLDER) : packs('reference-').flatMap(imagesOfPack);
  return all.filter((image) => matching.test(image.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One image by its name; an error if it is not there. */
export function testImage(name: string): TestImage {
  const found = testImages(new RegExp(`^${name}$`))[0];
  if (found === undefined) throw new Error(`no test image ${name}`);
  return found;
}

/** All hostile images of the families that match. */
export function hostileImages(matching: RegExp): HostileImage[] {
  const all = FOLDER ? hostileOfFolder(join(FOLDER, 'hostile')) : packs('hostile-').flatMap(hostileOfPack);
  return all.filter((image) => matching.test(image.family)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function hostileOfFolder(folder: string): HostileImage[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.img.gz'))
    .map((file) => ({
      name: file.slice(0, -'.img.gz'.length),
      family: file.replace(/--.*/, ''),
      bytes: () => gunzipSync(readFileSync(join(folder, file))),
    }));
}

function hostileOfPack(path: string): HostileImage[] {
  const pack = openPack(path);
  return pack.images.map((image) => ({
    name: image.name,
    family: image.name.replace(/--.*/, ''),
    bytes: () => unpackImage(pack, image),
  }));
}
