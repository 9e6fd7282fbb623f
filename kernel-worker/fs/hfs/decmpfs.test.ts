import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { built, content, utf8 } from '../../../test/builders/hfsplus-mounted.ts';
import { encodeLzfse } from '../../../test/builders/lzfse-encoder.ts';
import { encodeLzvn } from '../../../test/builders/lzvn-encoder.ts';
import { KernelError } from '../../rump/errno.ts';
import { namei } from '../../rump/vfs/namei.ts';

/** The header of com.apple.decmpfs, which is little-endian. */
function decmpfs(type: number, size: number, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.write('fpmc', 'latin1');
  bytes.writeUInt32LE(type, 4);
  bytes.writeBigUInt64LE(BigInt(size), 8);
  return new Uint8Array(Buffer.concat([bytes, rest]));
}

function blocksOf(data: Uint8Array, encode: (block: Uint8Array) => Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 65536) blocks.push(encode(data.subarray(at, at + 65536)));
  return blocks;
}

/** A resource: its header, the length of its data, a count of blocks, their offsets and lengths. */
function zlibFork(blocks: Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(256 + 4 + 4 + 8 * blocks.length);
  let offset = 4 + 8 * blocks.length;
  head.writeUInt32BE(256, 0);
  head.writeUInt32LE(blocks.length, 260);
  blocks.forEach((block, i) => {
    head.writeUInt32LE(offset, 264 + 8 * i);
    head.writeUInt32LE(block.length, 268 + 8 * i);
    offset += block.length;
  });
  head.writeUInt32BE(256 + 4 + offset, 4);
  head.writeUInt32BE(offset, 8);
  head.writeUInt32BE(offset, 256);
  return new Uint8Array(Buffer.concat([head, ...blocks]));
}

function tableFork(blocks: Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(4 * (blocks.length + 1));
  let offset = head.length;
  blocks.forEach((block, i) => {
    head.writeUInt32LE(offset, 4 * i);
    offset += block.length;
  });
  head.writeUInt32LE(offset, 4 * blocks.length);
  return new Uint8Array(Buffer.concat([head, ...blocks]));
}

const stored = (marker: number) => (block: Uint8Array) => Uint8Array.of(marker, ...block);
const deflate = (block: Uint8Array) => new Uint8Array(deflateSync(block));
const lzfse = (block: Uint8Array) => encodeLzfse(block, ['packed'], 20_000);

describe('transparent compression', () => {
  const SMALL = utf8('compressed in the attribute '.repeat(40));
  const LARGE = Uint8Array.from({ length: 150_001 }, (_, i) => ((i >> 5) * (i % 7)) & 255);

  const INLINE: Array<[name: string, type: number, rest: Uint8Array]> = [
    ['type 1: stored', 1, SMALL],
    ['type 3: zlib', 3, deflate(SMALL)],
    ['type 3: stored', 3, stored(0xff)(SMALL)],
    ['type 7: LZVN', 7, encodeLzvn(SMALL)],
    ['type 7: stored', 7, stored(0x06)(SMALL)],
    ['type 9: stored', 9, stored(0xcc)(SMALL)],
    ['type 11: LZFSE', 11, lzfse(SMALL)],
    ['type 11: stored', 11, stored(0xff)(SMALL)],
  ];

  test.each(INLINE)('in the attribute, %s', async (_name, type, rest) => {
    const value = decmpfs(type, SMALL.length, rest);
    const attributes = [{ name: 'com.apple.decmpfs', value }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes }] });
    expect(Buffer.compare(content(mount, '/c'), SMALL)).toBe(0);
    expect(mount.listextattr(namei(mount, '/c', false))).toEqual([]);
    expect(mount.properties(namei(mount, '/c', false)).Compression).toMatch(/in the attribute \(type /);
  });

  const IN_FORK: Array<[name: string, type: number, resource: Uint8Array]> = [
    ['type 4: zlib', 4, zlibFork(blocksOf(LARGE, deflate))],
    ['type 4: stored', 4, zlibFork(blocksOf(LARGE, stored(0xff)))],
    ['type 8: LZVN', 8, tableFork(blocksOf(LARGE, encodeLzvn))],
    ['type 8: stored', 8, tableFork(blocksOf(LARGE, stored(0x06)))],
    ['type 10: stored', 10, tableFork(blocksOf(LARGE, stored(0xcc)))],
    ['type 12: LZFSE', 12, tableFork(blocksOf(LARGE, lzfse))],
  ];

  test.each(IN_FORK)('in the resource fork, %s', async (_name, type, resource) => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(type, LARGE.length) }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, resource, attributes }] });
    expect(Buffer.compare(content(mount, '/c'), LARGE)).toBe(0);
    const file = namei(mount, '/c', false);
    const part = new Uint8Array(1000);
    expect(mount.read(file, 65_000, part)).toBe(1000);
    expect(Buffer.compare(part, LARGE.subarray(65_000, 66_000))).toBe(0);
    expect(mount.mediumRun(file, 0)).toBeNull();
    expect(mount.listextattr(file)).toEqual([]);
  });

  test.each([
    [5, 'content that is kept once for several files'],
    [13, 'LZBITMAP in the attribute'],
    [99, 'unknown'],
  ])('refuses type %i by its name', async (type, name) => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(type, 10) }];
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes }] });
    const file = namei(mount, '/c', false);
    expect(file.attr.size).toBe(10);
    expect(() => mount.read(file, 0, new Uint8Array(10))).toThrow(
      new KernelError('EOPNOTSUPP', 'unsupported', `transparent compression of type ${type} (${name})`),
    );
  });

  test('fails cleanly on blocks outside of the fork, and on content shorter than its size', async () => {
    const attributes = [{ name: 'com.apple.decmpfs', value: decmpfs(8, LARGE.length) }];
    const resource = tableFork(blocksOf(LARGE, encodeLzvn)).subarray(0, 200);
    const mount = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, resource, attributes }] });
    expect(() => content(mount, '/c')).toThrow('lies outside of its resource fork');
    const short = [{ name: 'com.apple.decmpfs', value: decmpfs(3, 5000, deflate(SMALL)) }];
    const other = await built({ files: [{ id: 16, parent: 2, name: 'c', ownerFlags: 0x20, attributes: short }] });
    expect(() => content(other, '/c')).toThrow('compressed content is too short');
  });
});
