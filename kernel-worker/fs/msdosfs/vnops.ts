/** vnodeops(9) of msdosfs. */

import { damaged } from '../../rump/errno.ts';
import type { Properties, Run, Vnops } from '../../rump/vfs/vnode.ts';
import { attributesOf, type Denode, shortNameBytes } from './denode.ts';
import { readDirectory } from './directory.ts';
import { storedShortName } from './shortname.ts';
import type { Volume } from './volume.ts';

export function vnopsOf(volume: Volume, zoneSeconds: number | null): Vnops<Denode> {
  const { geometry } = volume.boot;
  return {
    getattr: (node) => attributesOf(node, geometry, zoneSeconds),
    readdir: (dir) => readDirectory(volume, dir),
    foldName,
    aliases: (entry) => (entry.node?.hasLongName ? [shortNameOf(volume, entry.node)] : []),
    bmap: (file, fileOffset) => bmap(volume, file, fileOffset),
    properties: (node) => propertiesOf(volume, node),
    propertiesForPeopleOnly: true,
  };
}

/** EUCLEAN where the chain ends before the file does, or lies behind the end of the device. */
function bmap(volume: Volume, file: Denode, fileOffset: number): Run {
  const { clusterBytes } = volume.boot.geometry;
  const index = Math.floor(fileOffset / clusterBytes);
  const run = volume.chainOf(file).runAt(index);
  if (run === null) {
    throw damaged('the chain of clusters ends before the file does', {
      byteOffset: file.entryOffset,
      expected: `${Math.ceil(file.size / clusterBytes)} clusters`,
      found: `at most ${index}`,
    });
  }
  const within = fileOffset - index * clusterBytes;
  const deviceOffset = volume.clusterOffset(run.cluster) + within;
  const lengthBytes = Math.min(run.count * clusterBytes - within, volume.device.sizeBytes - deviceOffset);
  if (lengthBytes <= 0) {
    throw damaged('a file has clusters behind the end of the device', {
      byteOffset: file.entryOffset,
      expected: `less than ${volume.device.sizeBytes}`,
      found: deviceOffset,
    });
  }
  return { deviceOffset, lengthBytes };
}

/**
 * Names compare without regard to case, unit by unit, as Windows does. Full case mapping would make two names of 'ß' and 'ss', or of 'ſ' and 's':
 * only what stays one unit, and outside of ASCII, is mapped.
 */
function foldName(name: string): string {
  const upper = name.toUpperCase();
  if (upper.length === name.length && !MAPS_INTO_ASCII.test(name)) return upper;
  let folded = '';
  for (let i = 0; i < name.length; i++) {
    const mapped = name[i].toUpperCase();
    folded += mapped.length === 1 && !(name[i] >= '\x80' && mapped < '\x80') ? mapped : name[i];
  }
  return folded;
}

/** Dotless i and long s, the only characters above ASCII whose upper case is in it. */
const MAPS_INTO_ASCII = /[\u0131\u017f]/;

function shortNameOf(volume: Volume, node: Denode): string {
  return storedShortName(volume.shortNames, shortNameBytes(node), 0);
}

function propertiesOf(volume: Volume, node: Denode): Properties {
  const properties: Properties = {};
  if (node.hasLongName) properties['Short name'] = shortNameOf(volume, node);
  if (node.firstCluster !== 0) properties['First cluster'] = node.firstCluster;
  return properties;
}
