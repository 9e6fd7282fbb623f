import { describe, expect, test } from 'vitest';
import { BLOCK, buildHfsPlus, type JournalSpec, type VolumeSpec, withJournal } from '../../../test/builders/hfsplus.ts';
import { listing, mountOf, text, utf8 } from '../../../test/builders/hfsplus-mounted.ts';

describe('the journal', () => {
  const before: VolumeSpec = { journaled: true, files: [{ id: 16, parent: 2, name: 'old', data: utf8('old') }] };
  const after: VolumeSpec = {
    journaled: true,
    files: [...before.files, { id: 17, parent: 2, name: 'new', data: utf8('newer') }],
  };
  const SPECS: JournalSpec[] = [
    { littleEndian: true, start: 512, checked: true },
    { littleEndian: false, start: 512, checked: false },
    { littleEndian: true, start: 16 * BLOCK - 1536, checked: true },
  ];
  const journaled = (spec: JournalSpec) => withJournal(buildHfsPlus(before), buildHfsPlus(after), spec);

  test.each(SPECS)('is replayed in memory: $littleEndian, from $start, checked $checked', async (spec) => {
    const image = journaled(spec);
    const copy = image.slice();
    const mount = await mountOf(image);
    expect(mount.info.state.dirty).toBe(true);
    expect(mount.info.state.notices[0]).toMatch(
      /^The file system was not cleanly unmounted; its journal was replayed in memory \([2-9] block lists\)\.$/,
    );
    expect(listing(mount)).toEqual(['new', 'old']);
    expect(text(mount, '/new')).toBe('newer');
    expect(Buffer.compare(image, copy)).toBe(0);
  });

  test('is left alone with noload', async () => {
    const mount = await mountOf(journaled(SPECS[0]), { noload: '' });
    expect(mount.info.state.notices).toEqual(['The journal was not replayed: the last changes are missing.']);
    expect(listing(mount)).toEqual(['old']);
  });

  test('is stale where another system changed the volume', async () => {
    const image = journaled(SPECS[0]);
    image.set(utf8('10.0'), 1024 + 8);
    const mount = await mountOf(image);
    expect(mount.info.state.notices[0]).toMatch('The journal was left alone');
    expect(listing(mount)).toEqual(['old']);
  });

  test.each([
    ['header', (at: number) => at + 16],
    ['block list', (at: number) => at + 512 + 5],
    ['block', (at: number) => at + 512 + 1024 + 3],
  ])('costs what it holds if its %s is damaged', async (_what, place) => {
    const image = journaled(SPECS[0]);
    const view = new DataView(image.buffer);
    const at = Number(view.getBigUint64(view.getUint32(1024 + 12) * BLOCK + 36));
    image[place(at)] ^= 0x55;
    const mount = await mountOf(image);
    expect(mount.info.state.notices).toEqual([
      'The journal is damaged and was not replayed: the last changes are missing.',
    ]);
    expect(listing(mount)).toEqual(['old']);
  });

  test('is refused on another device, unless noload is given', async () => {
    const image = journaled(SPECS[0]);
    const view = new DataView(image.buffer);
    view.setUint32(view.getUint32(1024 + 12) * BLOCK, 2);
    await expect(mountOf(image)).rejects.toThrow('the journal is to be replayed and lies on another device');
    expect(listing(await mountOf(image, { noload: '' }))).toEqual(['old']);
  });
});
