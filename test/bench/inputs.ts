/** The benchmark's inputs, built once into a cache folder with Debian's tools. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeWideStick } from '../end-to-end/wide-stick.ts';

export interface Inputs {
  /** The same content as files of the host. */
  smallTree: string;
  wideTree: string;
  largeTree: string;
  folder: string;
}

const SMALL_FILES = 20_000;
/** Short names: a FAT directory holds 65,536 entries of 32 bytes, and a long name takes several. */
const WIDE_FILES = 60_000;
const LARGE_BYTES = 1024 ** 3;

/** Bytes that do not compress and are the same on every machine. */
function pseudoRandom(seed: string, lengthBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let done = 0; done < lengthBytes; done += 32)
    pieces.push(createHash('sha256').update(`${seed}${done}`).digest());
  return Buffer.concat(pieces).subarray(0, lengthBytes);
}

/** Makes `path` unless an earlier run did. */
export function once(path: string, make: () => void): string {
  if (!existsSync(`${path}.done`)) {
    make();
    writeFileSync(`${path}.done`, '');
  }
  return path;
}

function makeTree(path: string, files: number, perFolder: number): void {
  for (let i = 0; i < files; i++) {
    const folder = perFolder === 0 ? path : join(path, `folder ${String(Math.floor(i / perFolder)).padStart(3, '0')}`);
    if (i % (perFolder || files) === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `holiday picture ${String(i).padStart(5, '0')}.jpg`),
      pseudoRandom(String(i), 200 + ((i * 7919) % 6000)),
    );
  }
}

/** Folders of the host; images are made from them by `image`. */
export function makeInputs(folder: string): Inputs {
  mkdirSync(folder, { recursive: true });
  const smallTree = once(join(folder, 'small'), () => makeTree(join(folder, 'small'), SMALL_FILES, 200));
  const wideTree = once(join(folder, 'wide'), () => {
    mkdirSync(join(folder, 'wide', 'wide'), { recursive: true });
    for (let i = 0; i < WIDE_FILES; i++)
      writeFileSync(join(folder, 'wide', 'wide', `M${String(i).padStart(7, '0')}.TXT`), `${i}\n`);
  });
  const largeTree = once(join(folder, 'large'), () => {
    mkdirSync(join(folder, 'large'), { recursive: true });
    const piece = pseudoRandom('large', 1024 ** 2);
    const pieces = Array.from({ length: LARGE_BYTES / piece.length }, () => piece);
    writeFileSync(join(folder, 'large', 'film.mkv'), Buffer.concat(pieces));
  });
  return { smallTree, wideTree, largeTree, folder };
}

/** A FAT32 image holding a tree, made by mkfs.fat and filled by mtools. */
export function fatImage(inputs: Inputs, tree: string, name: string, mebibytes: number): string {
  const path = join(inputs.folder, `${name}.img`);
  return once(path, () => {
    execFileSync('truncate', ['-s', `${mebibytes}M`, path]);
    execFileSync('mkfs.fat', ['-F', '32', '-s', '8', '-n', 'BENCH', path]);
    execFileSync('bash', ['-c', `mcopy -s -m -i "$1" "$2"/* ::`, 'bash', path, tree], {
      env: { ...process.env, MTOOLS_SKIP_CHECK: '1' },
    });
  });
}

const SEARCHED_FOLDERS = 100;
const SEARCHED_IN_EACH = 1000;

export interface SearchedImage {
  title: string;
  path: string;
}

/** 100,000 empty files in 100 folders, each tenth a text: on the host, and as FAT32 and, where Debian's e2fsprogs are there, ext4. */
export function searchedImages(inputs: Inputs): { tree: string; images: SearchedImage[] } {
  const tree = once(join(inputs.folder, 'searched'), () => {
    for (let folder = 0; folder < SEARCHED_FOLDERS; folder++) {
      const path = join(inputs.folder, 'searched', `D${String(folder).padStart(3, '0')}`);
      mkdirSync(path, { recursive: true });
      for (let file = 0; file < SEARCHED_IN_EACH; file++) {
        const number = folder * SEARCHED_IN_EACH + file;
        writeFileSync(join(path, `IM${String(number).padStart(6, '0')}.${number % 10 === 0 ? 'TXT' : 'JPG'}`), '');
      }
    }
  });
  const images = [{ title: 'FAT32', path: once(join(inputs.folder, 'wide.img'), () => placeWideStick(inputs.folder)) }];
  if (existsSync('/usr/sbin/mke2fs')) {
    const path = join(inputs.folder, 'searched-ext4.img');
    const make = () => {
      execFileSync('truncate', ['-s', '200M', path]);
      execFileSync('/usr/sbin/mke2fs', ['-q', '-t', 'ext4', '-N', '120000', '-d', tree, path]);
    };
    images.push({ title: 'ext4', path: once(path, make) });
  }
  return { tree, images };
}
