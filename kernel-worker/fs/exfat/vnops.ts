/** vnodeops(9) of exfat. */

import { damaged } from '../../rump/errno.ts';
import type { Properties, Run, Vnops } from '../../rump/vfs/vnode.ts';
import { readDirectory } from './directory.ts';
import type { EntrySetRules } from './entryset.ts';
import { attributesOf, type Exnode } from './exnode.ts';
import { foldName, nameHash, type UpcaseTable } from './upcase.ts';
import type { Volume } from './volume.ts';

export function vnopsOf(volume: Volume, upcase: UpcaseTable, rules: EntrySetRules): Vnops<Exnode> {
  return {
    getattr: (node) => attributesOf(node, volume.boot.clusterBytes),
    readdir: (dir) => readDirectory(volume, rules, dir),
    foldName: (name) => foldName(upcase.map, name),
    bmap: (file, fileOffset) => bmap(volume, file, fileOffset),
    properties: (node) => propertiesOf(upcase, node),
    propertiesForPeopleOnly: true,
  };
}

/** A hole behind ValidDataLength. EUCLEAN where the chain ends before the file does, or lies behind the end of the device. */
function bmap(volume: Volume, file: Exnode, fileOffset: number): Run {
  const { clusterBytes } = volume.boot;
  const { size, validLength, entryOffset } = file;
  const deviceBytes = volume.device.sizeBytes;
  if (fileOffset >= validLength) {
    // Nothing of a hole is ever read from the device: without this, a tiny medium could promise petabytes of zeros.
    if (size > deviceBytes)
      throw damaged('a file is longer than its device', {
        byteOffset: entryOffset,
        expected: deviceBytes,
        found: size,
      });
    return { deviceOffset: null, lengthBytes: size - fileOffset };
  }
  const index = Math.floor(fileOffset / clusterBytes);
  const run = volume.runAt(file, index);
  if (run === null) {
    throw damaged('the chain of clusters ends before the file does', {
      byteOffset: entryOffset,
      expected: `${Math.ceil(size / clusterBytes)} clusters`,
      found: `at most ${index}`,
    });
  }
  const within = fileOffset - index * clusterBytes;
  const deviceOffset = volume.clusterOffset(run.cluster) + within;
  const available = deviceBytes - deviceOffset;
  if (available <= 0) {
    throw damaged('a file has clusters behind the end of the device', {
      byteOffset: entryOffset,
      expected: `less than ${deviceBytes}`,
      found: deviceOffset,
    });
  }
  return {
    deviceOffset,
    lengthBytes: Math.min(run.count * clusterBytes - within, validLength - fileOffset, available),
  };
}

/** The hash is not looked at before: it only helps readers that search by it, and computing it doubles the time that reading an entry takes. */
function propertiesOf(upcase: UpcaseTable, node: Exnode): Properties {
  const properties: Properties = {};
  if (node.firstCluster !== 0) {
    properties['First cluster'] = node.firstCluster;
    properties.Clusters = node.contiguous ? 'contiguous' : 'chained';
  }
  if (node.validLength < node.size) properties['Written up to'] = node.validLength;
  if (upcase.whole && !node.isRoot && nameHash(upcase.map, node.name) !== node.nameHash)
    properties['Name hash'] = 'wrong: other systems may not find this file by its name';
  return properties;
}
