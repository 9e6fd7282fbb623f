import { describe, expect, test } from 'vitest';
import { buildS5fs, type S5Options } from '../../../test/builders/s5fs.ts';
import { testImage } from '../../../test/images/library.ts';
import { KernelError } from '../../rump/errno.ts';
import { Kernel } from '../../rump/kernel.ts';
import { fts } from '../../rump/vfs/fts.ts';
import { namei } from '../../rump/vfs/namei.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const BIG = Uint8Array.from({ length: 150_001 }, (_, i) => (i * 7 + (i >> 9)) & 0xff);
const kernelOn = (image: Uint8Array) => new Kernel(memoryBlocks(image), { drivers: REGISTERED_DRIVERS });
const VARIANTS: S5Options[] = [
  { blockSize: 512, bigEndian: false, aligned: true, clean: true },
  { blockSize: 1024, bigEndian: false, aligned: true, clean: false },
  { blockSize: 1024, bigEndian: true, aligned: false, clean: true },
  { blockSize: 2048, bigEndian: true, aligned: true, clean: true },
  { blockSize: 512, bigEndian: true, aligned: false, clean: false },
];

describe('s5fs', () => {
  test.each(VARIANTS)('$blockSize byte blocks, big-endian $bigEndian, aligned $aligned', async (options) => {
    const mount = await kernelOn(buildS5fs(options, BIG)).mount({ partition: null });
    expect(mount.info).toMatchObject({ fs: 'v7fs', title: 'System V s5fs', label: 'rootfs' });
    expect(mount.info.state.dirty).toBe(!options.clean);
    const entries = [...fts(mount, mount.root)];
    expect(entries.map(({ path, failure }) => [path, failure])).toEqual(
      ['hello', 'big', 'sub', 'tty', 'fourteen-chars'].map((path) => [path, null]),
    );
    const big = namei(mount, '/big', true);
    const content = new Uint8Array(BIG.length);
    expect(mount.read(big, 0, content)).toBe(BIG.length);
    expect(Buffer.compare(content, BIG)).toBe(0);
    expect(big.attr).toMatchObject({ mode: 0o600, uid: 7, gid: 8, mtime: { sec: 600000002, nsec: 0 } });
    expect(namei(mount, '/tty', true).attr).toMatchObject({ type: 'chr', rdev: { major: 5, minor: 3 } });
    expect(namei(mount, '/hello', true).attr.fileid).toBe(namei(mount, '/fourteen-chars', true).attr.fileid);
  });

  test('refuses the Acer Fast Filesystem by its name', async () => {
    const image = buildS5fs(VARIANTS[1], BIG);
    image.set([0xff, 0xff], 512 + 8);
    await expect(kernelOn(image).mount({ partition: null })).rejects.toSatisfy(
      (error) => error instanceof KernelError && error.kind === 'unsupported' && error.message.includes('AFS'),
    );
  });

  test('refuses block sizes that nobody has', async () => {
    const image = buildS5fs(VARIANTS[1], BIG);
    image.set([9, 0, 0, 0], 512 + 508);
    await expect(kernelOn(image).mount({ partition: null })).rejects.toMatchObject({ errno: 'EOPNOTSUPP' });
  });
});

describe('v7fs', () => {
  test('an address outside of the data area is damage of that file alone', async () => {
    const image = testImage('netbsd-v7fs-le').bytes();
    const mount = await kernelOn(image).mount({ partition: null });
    const file = [...fts(mount, mount.root)].find(({ path }) => path === 'big.bin');
    const at = 1024 + ((file?.vnode?.attr.fileid ?? 0) - 1) * 64;
    image.set([0xff, 0xff, 0xff], at + 12);
    const damagedMount = await kernelOn(image).mount({ partition: null });
    const into = new Uint8Array(100);
    expect(() => damagedMount.read(namei(damagedMount, '/big.bin', true), 0, into)).toThrow('outside of the data area');
    expect([...fts(damagedMount, damagedMount.root)].filter((entry) => entry.failure).length).toBe(0);
  });
});
