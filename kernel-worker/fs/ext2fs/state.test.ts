import { expect, test } from 'vitest';
import { mountExt } from '../../../test/images/ext-images.ts';
import { imageBytes } from '../../../test/images/media.ts';

/** mke2fs -t ext4 -O mmp,^has_journal -b 1024 -N 16 -L 'mmp label' -M /media/stick -U 11111111-2222-4333-8444-555555555555 */
const mmpImage = () => imageBytes('ext/mmp.img');

test('label, identifier and facts are those that mke2fs was given', async () => {
  const { info } = await mountExt(mmpImage());
  expect(info).toMatchObject({
    title: 'ext4',
    label: 'mmp label',
    uuid: '11111111-2222-4333-8444-555555555555',
    state: { dirty: false, errors: false, notices: [] },
  });
  expect(info.facts).toMatchObject({
    Revision: 1,
    'Block size': 1024,
    Blocks: 1024,
    'Inode size': 256,
    Creator: 'Linux',
    'Last mounted on': '/media/stick',
  });
  expect(info.facts.Features).toContain('64bit mmp flex_bg');
});

test('who has left the mark of using the file system is told', async () => {
  const bytes = mmpImage();
  const view = new DataView(bytes.buffer);
  const mmp = view.getUint32(1024 + 0x168, true) * 1024;
  expect(view.getUint32(mmp, true)).toBe(0x004d4d50);
  view.setUint32(mmp + 4, 1234, true);
  bytes.fill(0, mmp + 16, mmp + 80).set(new TextEncoder().encode('workstation'), mmp + 16);
  const { state } = (await mountExt(bytes)).info;
  expect(state.notices).toEqual([
    'workstation has left its mark that it uses this file system; if it still does, what is read may change meanwhile.',
  ]);
});

test('a file system marked as having errors says so', async () => {
  const bytes = mmpImage();
  bytes[1024 + 0x3a] |= 2;
  const { state } = (await mountExt(bytes)).info;
  expect(state.errors).toBe(true);
  expect(state.notices).toContain('The file system is marked as having errors; it should be checked.');
});

test('one that was not cleanly unmounted and has no journal is dirty', async () => {
  const bytes = mmpImage();
  bytes[1024 + 0x3a] &= ~1;
  expect((await mountExt(bytes)).info.state.dirty).toBe(true);
});
