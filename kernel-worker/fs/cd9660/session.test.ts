import { describe, expect, test } from 'vitest';
import { contentOf, latin1, listed, mountIso, mountIsoOn } from '../../../test/images/iso-builder.ts';
import { testImage } from '../../../test/images/library.ts';
import { imageBytes, mediumOver } from '../../../test/images/media.ts';
import type { BlockHypercalls } from '../../rumpuser/rumpuser.ts';

/**
 * Three sessions on overwritable media: xorriso -outdev … -volid FIRST -padding 0 -joliet on -map s1 / -commit, then twice xorriso -dev … -commit
 * (SECOND replaces a.txt, THIRD adds c.txt and removes b.txt).
 */
describe('sessions on overwritable media', () => {
  const image = imageBytes('iso/sessions');

  test.each([
    ['1', 'FIRST', ['a.txt', 'b.txt'], 'one\n'],
    ['2', 'SECOND', ['a.txt', 'b.txt'], 'two\n'],
    ['3', 'THIRD', ['a.txt', 'c.txt'], 'two\n'],
  ])('session %s is %s', (session, label, names, content) => {
    const mount = mountIso(image, { session });
    expect(mount.info.label).toBe(label);
    expect(listed(mount)).toEqual(names);
    expect(contentOf(mount, 'a.txt')).toEqual(latin1(content));
    expect(mount.info.facts.Sessions).toBe(3);
  });

  test('without the option the last one is mounted', () => {
    expect(mountIso(image).info).toMatchObject({ label: 'THIRD', facts: { Session: '3, from sector 96' } });
    expect(mountIso(image, { joliet: '' }).info.label).toBe('THIRD');
  });

  test('sbsector names a session by its first sector', () => {
    expect(mountIso(image, { sbsector: '64' }).info.label).toBe('SECOND');
    expect(() => mountIso(image, { sbsector: '70' })).toThrow('there is no primary volume descriptor');
  });

  test('a session that is not there is refused', () => {
    expect(() => mountIso(image, { session: '4' })).toThrow('there is no session 4 on this medium; it has 3');
    expect(() => mountIso(image, { session: '0' })).toThrow('takes a number from 1 on');
    expect(() => mountIso(image, { session: 'last' })).toThrow('takes a number from 1 on');
  });
});

describe('sessions as on a CD-R', () => {
  const image = new Uint8Array(testImage('iso-multisession-genisoimage').bytes());

  test('the last one has descriptors of its own, behind the end of the first', () => {
    expect(mountIso(image).info).toMatchObject({ label: 'SESSION2', facts: { Session: '2, from sector 1184' } });
    expect(mountIso(image, { session: '1' }).info.label).toBe('SESSION1');
  });

  test('an image stored as a file behind the end is not taken for a session', () => {
    const first = imageBytes('iso/zisofs-1');
    const followed = new Uint8Array(first.length + 40 * 2048 + first.length);
    followed.set(first);
    followed.set(first, first.length + 40 * 2048);
    expect(mountIso(followed).info.facts.Sessions).toBeUndefined();
  });

  test('with the gap that a CD has between sessions it is still found', () => {
    const end = 1036 + 150;
    const start = end + 2 + 11400;
    const second = image.slice(1184 * 2048);
    // The second session's root directory has to say that it lies there: 28 sectors behind its start.
    const view = new DataView(second.buffer);
    for (const sector of [16, 17]) {
      const root = view.getUint32(sector * 2048 + 158, true) - 1184 + start;
      view.setUint32(sector * 2048 + 158, root, true);
      view.setUint32(sector * 2048 + 162, root);
    }
    const mount = mountIsoOn(mediumOver(discOf(image.subarray(0, end * 2048), second, start * 2048)));
    expect(mount.info).toMatchObject({ label: 'SESSION2', facts: { Session: `2, from sector ${start}` } });
  });
});

/** A disc with one session at its start, another at `secondOffset`, and zeros between. */
function discOf(first: Uint8Array, second: Uint8Array, secondOffset: number): BlockHypercalls {
  return {
    sizeBytes: secondOffset + second.length,
    sectorSize: 2048,
    pread(into, byteOffset) {
      for (let i = 0; i < into.length; i++) {
        const at = byteOffset + i;
        into[i] = at < first.length ? first[at] : at >= secondOffset ? second[at - secondOffset] : 0;
      }
      return into.length;
    },
  };
}
