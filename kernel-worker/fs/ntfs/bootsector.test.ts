import { describe, expect, test } from 'vitest';
import { mediumOf } from '../../../test/images/media.ts';
import { NtfsBuilder } from '../../../test/images/ntfs-builder.ts';
import { mountOf } from '../../../test/images/ntfs-mount.ts';
import { openBlockDevice } from '../../rump/dev/blockdev.ts';
import { BufferCache } from '../../rump/dev/buffercache.ts';
import { badRangeBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { parseBootSector } from './bootsector.ts';
import { probe } from './probe.ts';

function built(): Uint8Array {
  return new NtfsBuilder({ label: 'Größe' }).build();
}

/** The boot sector with the byte at `at` replaced. */
function withByte(at: number, byte: number): Uint8Array {
  const bytes = built().slice(0, 512);
  bytes[at] = byte;
  return bytes;
}

describe('boot sector', () => {
  test('says where the MFT is and how large its records are', () => {
    expect(parseBootSector(built())).toEqual({
      bytesPerSector: 512,
      clusterSize: 1024,
      totalBytes: 1024 * 1024,
      clusterCount: 1024,
      mftLcn: 4,
      mftMirrLcn: expect.any(Number),
      recordSize: 1024,
      serial: '0123456789ABCDEF',
    });
  });

  test.each([
    [0x01, 512],
    [0x80, 65536],
    [0xf8, 131072],
    [0xf4, 2097152],
  ])('reads byte %d as the sectors of a cluster', (byte, clusterSize) => {
    const large = withByte(13, byte);
    new DataView(large.buffer).setBigUint64(40, 1n << 30n, true);
    large[64] = 0xf6;
    expect(parseBootSector(large)?.clusterSize).toBe(clusterSize);
  });

  test.each([
    [0xf6, 1024],
    [0xf4, 4096],
    [0xf0, 65536],
    [0x04, 4096],
  ])('reads byte %d as the size of a record', (byte, recordSize) => {
    expect(parseBootSector(withByte(64, byte))?.recordSize).toBe(recordSize);
  });

  test.each([
    ['another signature', 3, 0x4d],
    ['sectors of 3 bytes', 11, 3],
    ['clusters of no sectors', 13, 0],
    ['clusters of 4 MiB', 13, 0xf3],
    ['clusters of three sectors', 13, 3],
    ['records of no bytes', 64, 0],
    ['records of 256 bytes', 64, 0xf8],
    ['records of 128 KiB', 64, 0xef],
  ])('refuses %s', (_what, at, byte) => {
    const bytes = withByte(at, byte);
    if (at === 11) bytes[12] = 0;
    expect(parseBootSector(bytes)).toBeNull();
  });
});

describe('probe', () => {
  test('knows a volume with its label and serial number', () => {
    expect(probe(mediumOf(built()))).toEqual({
      fs: 'ntfs',
      title: 'NTFS',
      label: 'Größe',
      uuid: '0123456789ABCDEF',
      dirty: false,
      certainty: 3,
    });
  });

  test('says that a volume is dirty', () => {
    expect(probe(mediumOf(new NtfsBuilder({ volumeFlags: 1 }).build()))?.dirty).toBe(true);
  });

  test('is less sure of the copy alone', () => {
    const bytes = built();
    bytes.fill(0, 0, 512);
    expect(probe(mediumOf(bytes))).toMatchObject({ label: 'Größe', certainty: 2 });
  });

  test('does not take a copy whose MFT is elsewhere for a volume', () => {
    const bytes = built();
    const shifted = new Uint8Array(bytes.length + 4096);
    shifted.set(bytes, 4096);
    shifted.fill(0, 4096, 4096 + 512);
    expect(probe(mediumOf(shifted))).toBeNull();
  });

  test('finds nothing on an empty medium, and on none', () => {
    expect(probe(mediumOf(new Uint8Array(65536)))).toBeNull();
    expect(probe(mediumOf(new Uint8Array(0)))).toBeNull();
  });
});

describe('the copy of the boot sector', () => {
  test('is used where the first one is damaged', () => {
    const bytes = built();
    bytes.fill(0xee, 0, 512);
    const { info } = mountOf(bytes);
    expect(info.label).toBe('Größe');
    expect(info.state.notices).toEqual(['The boot sector is damaged; its copy at the end of the volume was used.']);
  });

  test('is used where the first one points to no MFT', () => {
    const bytes = built();
    const view = new DataView(bytes.buffer);
    view.setBigUint64(48, 900n, true);
    view.setBigUint64(56, 901n, true);
    expect(mountOf(bytes).info.state.notices).toEqual([
      'The boot sector is damaged; its copy at the end of the volume was used.',
    ]);
  });

  test('is used where the first sector cannot be read', () => {
    const blocks = badRangeBlocks(memoryBlocks(built()), 0, 512);
    const cache = new BufferCache(openBlockDevice(blocks));
    expect(probe(cache.view(0, blocks.sizeBytes, 512))).toMatchObject({ label: 'Größe', certainty: 2 });
  });

  test('does not help where it is gone too', () => {
    const bytes = built();
    bytes.fill(0, 0, 512);
    bytes.fill(0, bytes.length - 512);
    expect(() => mountOf(bytes)).toThrow('there is no NTFS boot sector, nor its copy at the end');
  });
});
