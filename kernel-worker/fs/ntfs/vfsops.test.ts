import { describe, expect, test } from 'vitest';
import { mediumOver } from '../../../test/images/media.ts';
import {
  attributeList,
  NtfsBuilder,
  protect,
  resident,
  standardInformation,
  TYPE,
} from '../../../test/images/ntfs-builder.ts';
import { at, contentOf, failureOf, listed, mounted, mountOf, pattern, text } from '../../../test/images/ntfs-mount.ts';
import { Mount } from '../../rump/vfs/mount.ts';
import { badRangeBlocks, yankedBlocks } from '../../rumpuser/faulty.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { driver } from './vfsops.ts';

describe('a mounted volume', () => {
  test('tells what it is', () => {
    const mount = mounted(() => {}, { label: 'Größe' });
    expect(mount.info).toMatchObject({
      fs: 'ntfs',
      title: 'NTFS 3.1',
      label: 'Größe',
      uuid: '0123456789ABCDEF',
      state: { dirty: false, errors: false, notices: [] },
      facts: { 'Bytes per cluster': 1024, 'Bytes per MFT record': 1024, 'MFT records': 64 },
    });
    expect(mount.statvfs()).toEqual({
      blockSize: 1024,
      totalBytes: 1024 * 1024,
      freeBytes: 1024 * 1024,
      files: 64,
      freeFiles: null,
      nameMax: 255,
    });
  });

  test('counts the free clusters by its bitmap, without the bits behind the last one', () => {
    const mount = mounted(
      (volume) => {
        const bitmap = new Uint8Array(136).fill(0xff, 0, 100);
        bitmap[100] = 0x0f;
        volume.record(6, { attributes: [standardInformation(6), volume.stored({ type: TYPE.data }, bitmap)] });
      },
      { clusters: 1027 },
    );
    expect(mount.statvfs().freeBytes).toBe((1027 - 804) * 1024);
  });

  test('gives times and attributes of its files', () => {
    const mount = mounted((volume) =>
      volume.file({ number: 30, name: 'f', attrib: 0x21, attributes: [resident({ type: TYPE.data }, text('x'))] }),
    );
    expect(at(mount, 'f').attr).toEqual({
      type: 'file',
      fileid: 30,
      size: 1,
      allocatedBytes: 0,
      mode: null,
      nlink: 1,
      uid: null,
      gid: null,
      birthtime: { sec: 1709224496, nsec: 789_012_300 },
      mtime: { sec: 1709224497, nsec: 789_012_300 },
      ctime: { sec: 1709224498, nsec: 789_012_300 },
      atime: { sec: 1709224499, nsec: 789_012_300 },
      dosAttributes: 0x21,
    });
  });

  test.each([
    [512, 1024],
    [2048, 1024],
    [4096, 4096],
    [65536, 1024],
    [2097152, 4096],
  ])('is read with clusters of %d and records of %d bytes', (clusterSize, recordSize) => {
    const spec = { clusterSize, recordSize, clusters: clusterSize > 65536 ? 16 : clusterSize > 4096 ? 64 : 2048 };
    const mount = mounted((volume) => {
      volume.file({ number: 30, name: 'f', attributes: [volume.stored({ type: TYPE.data }, pattern(10_000))] });
    }, spec);
    expect(listed(mount)).toEqual(['f']);
    expect(contentOf(mount, 'f')).toEqual(pattern(10_000));
    expect(mount.info.facts['Bytes per cluster']).toBe(clusterSize);
  });
});

describe('a volume in an unclean state', () => {
  /** A restart page of $LogFile. */
  function restartPage(lsn: number, clients: number, flags: number): Uint8Array {
    const page = new Uint8Array(4096);
    const view = new DataView(page.buffer);
    page.set(text('RSTR'));
    view.setUint16(4, 30, true);
    view.setUint16(6, 9, true);
    view.setUint32(16, 4096, true);
    view.setUint32(20, 4096, true);
    view.setUint16(24, 64, true);
    view.setUint32(64, lsn, true);
    view.setUint16(64 + 12, clients, true);
    view.setUint16(64 + 14, flags, true);
    return protect(page, 30);
  }
  const withLog = (first: Uint8Array, second: Uint8Array) =>
    mounted((volume) => {
      const log = new Uint8Array(16384).fill(0xff);
      log.set(first);
      log.set(second, 4096);
      volume.record(2, { attributes: [standardInformation(6), volume.stored({ type: TYPE.data }, log)] });
    });
  const PENDING = 'The log of the volume holds changes that are not replayed; what was written last may be missing.';

  test('says so by its flag', () => {
    const { state } = mounted(() => {}, { volumeFlags: 1 }).info;
    expect(state).toEqual({
      dirty: true,
      errors: false,
      notices: ['The volume was not ejected cleanly, or waits for a check by Windows.'],
    });
  });

  test.each([
    ['open', restartPage(5, 0, 0), restartPage(4, 0xffff, 2), true],
    ['open, the second page being the newer one', restartPage(5, 0xffff, 2), restartPage(6, 0, 0), true],
    ['closed', restartPage(5, 0xffff, 2), restartPage(4, 0, 0), false],
    ['closed by its flag alone', restartPage(5, 0, 2), restartPage(5, 0, 2), false],
    ['empty', new Uint8Array(0), new Uint8Array(0), false],
    ['torn', restartPage(9, 0, 0).fill(0, 1000, 1030), restartPage(4, 0xffff, 2), false],
  ])('says so by its log: %s', (_what, first, second, isPending) => {
    const { state } = withLog(first, second).info;
    expect(state.dirty).toBe(isPending);
    expect(state.notices).toEqual(isPending ? [PENDING] : []);
  });

  test.each([
    ['hibr', 'Windows is hibernated on this volume; what it had not written yet is missing.'],
    ['HIBR', 'Windows is hibernated on this volume; what it had not written yet is missing.'],
    ['wake', 'Windows was woken from hibernation on this volume and may not have shut it down since.'],
    ['\0\0\0\0', undefined],
  ])('says so by its hibernation file: %s', (magic, notice) => {
    const mount = mounted((volume) =>
      volume.file({ number: 30, name: 'HIBERFIL.SYS', attributes: [volume.stored({ type: TYPE.data }, text(magic))] }),
    );
    expect(mount.info.state.notices).toEqual(notice === undefined ? [] : [notice]);
    expect(listed(mount)).toEqual(['HIBERFIL.SYS']);
  });
});

describe('a damaged MFT', () => {
  const fill = (volume: NtfsBuilder) =>
    volume.file({ number: 30, name: 'f', attributes: [resident({ type: TYPE.data }, text('x'))] });

  test('is read by its mirror where its start is damaged', () => {
    const volume = new NtfsBuilder();
    fill(volume);
    const bytes = volume.build();
    bytes.fill(0, volume.recordOffset(0), volume.recordOffset(4));
    const mount = mountOf(bytes);
    expect(listed(mount)).toEqual(['f']);
    expect(mount.info.label).toBe('BUILT');
    expect(mount.info.state.notices).toEqual([
      'The start of the master file table is damaged; its mirror was used.',
      'Record 3 of the master file table is damaged; its mirror was used.',
      'Record 2 of the master file table is damaged; its mirror was used.',
    ]);
  });

  test('is read by its mirror where its start cannot be read', () => {
    const volume = new NtfsBuilder();
    fill(volume);
    const blocks = badRangeBlocks(memoryBlocks(volume.build()), volume.recordOffset(0), 512);
    const mount = new Mount(driver.mount({ device: mediumOver(blocks), options: {}, log: () => {} }));
    expect(listed(mount)).toEqual(['f']);
    expect(mount.info.state.notices).toEqual(['The start of the master file table is damaged; its mirror was used.']);
  });

  test('without a mirror is an error', () => {
    const volume = new NtfsBuilder();
    const bytes = volume.build();
    const mirror = Number(new DataView(bytes.buffer).getBigUint64(56, true)) * 1024;
    bytes.fill(0, volume.recordOffset(0), volume.recordOffset(1));
    bytes.fill(0, mirror, mirror + 1024);
    expect(failureOf(() => mountOf(bytes))).toBe('EUCLEAN this is no FILE record');
  });

  test('costs one file where one record is torn', () => {
    const volume = new NtfsBuilder();
    fill(volume);
    volume.file({ number: 31, name: 'g', attributes: [resident({ type: TYPE.data }, text('y'))] });
    const bytes = volume.build();
    bytes[volume.recordOffset(30) + 1022] ^= 1;
    const mount = mountOf(bytes);
    expect(listed(mount)).toEqual(['f', 'g']);
    expect(failureOf(() => at(mount, 'f'))).toBe('EUCLEAN the FILE record was written only in part');
    expect(contentOf(mount, 'g')).toEqual(text('y'));
  });

  test('does not give a record that stands in the place of another', () => {
    const volume = new NtfsBuilder();
    fill(volume);
    const bytes = volume.build();
    bytes.copyWithin(volume.recordOffset(30), volume.recordOffset(6), volume.recordOffset(7));
    expect(failureOf(() => at(mountOf(bytes), 'f'))).toBe('EUCLEAN a record of the MFT stands in the wrong place');
  });

  test('costs the mount where the root is gone', () => {
    const volume = new NtfsBuilder();
    const bytes = volume.build();
    bytes.fill(0, volume.recordOffset(5), volume.recordOffset(6));
    expect(failureOf(() => mountOf(bytes))).toBe('EUCLEAN this is no FILE record');
  });
});

describe('an MFT in pieces', () => {
  /** Records 0 to 15 where the boot sector says, those from 16 on elsewhere, as record 12 says. */
  function inPieces(): Uint8Array {
    const volume = new NtfsBuilder();
    const total = volume.recordTotal;
    volume.file({ number: 30, name: 'f', attributes: [resident({ type: TYPE.data }, text('x'))] });
    const lcn = volume.store(new Uint8Array(0), total - 16);
    const first = { lcn: volume.mftLcn, clusters: 16 };
    const list = attributeList([
      { type: TYPE.standardInformation, number: 0 },
      { type: TYPE.data, number: 0 },
      { type: TYPE.data, lowestVcn: 16, number: 12, sequence: 12 },
    ]);
    volume.record(0, {
      attributes: [
        standardInformation(6),
        resident({ type: TYPE.attributeList }, list),
        volume.nonResident({ type: TYPE.data, runs: [first], size: total * 1024, allocated: total * 1024 }),
      ],
    });
    const second = { lcn, clusters: total - 16 };
    volume.record(12, {
      base: { number: 0, sequence: 1 },
      attributes: [volume.nonResident({ type: TYPE.data, runs: [second], lowestVcn: 16 })],
    });
    const bytes = volume.build();
    bytes.copyWithin(lcn * 1024, volume.recordOffset(16), volume.recordOffset(total));
    bytes.fill(0, volume.recordOffset(16), volume.recordOffset(total));
    return bytes;
  }

  test('is put together', () => {
    const mount = mountOf(inPieces());
    expect(contentOf(mount, 'f')).toEqual(text('x'));
    expect(mount.info.state.notices).toEqual([]);
  });

  test('is read as far as its pieces can be found', () => {
    const bytes = inPieces();
    bytes.fill(0, new NtfsBuilder().recordOffset(12), new NtfsBuilder().recordOffset(13));
    const mount = mountOf(bytes);
    expect(mount.info.state.notices).toEqual([
      'A part of the master file table cannot be found (this is no FILE record); files in it are missing.',
    ]);
    expect(listed(mount)).toEqual(['f']);
    expect(failureOf(() => at(mount, 'f'))).toBe('EUCLEAN the clusters of a part of the content are not recorded');
  });
});

describe('a medium', () => {
  test('smaller than its volume is read as far as it goes', () => {
    const volume = new NtfsBuilder();
    volume.file({ number: 30, name: 'f', attributes: [resident({ type: TYPE.data }, text('x'))] });
    const mount = mountOf(volume.build().subarray(0, 600 * 1024));
    expect(contentOf(mount, 'f')).toEqual(text('x'));
    expect(mount.info.state.notices).toEqual([
      'The medium is smaller than the volume says; files in the missing part cannot be read.',
    ]);
  });

  test('that is pulled ends the mount with ENXIO', () => {
    const blocks = yankedBlocks(memoryBlocks(new NtfsBuilder().build()), 3);
    const device = mediumOver(blocks);
    expect(() => driver.mount({ device, options: {}, log: () => {} })).toThrow(
      expect.objectContaining({ errno: 'ENXIO' }),
    );
  });
});
