/**
 * Lays out a System V s5fs from fs(4) and inode(4) of System V Release 3 and 4, independently of the driver. No independent reader has seen what it makes.
 */

export interface S5Options {
  blockSize: 512 | 1024 | 2048;
  bigEndian: boolean;
  /** Release 4 aligns the super block's fields to four bytes. */
  aligned: boolean;
  clean: boolean;
}

const BLOCKS = 400;
const ILIST_BLOCKS = 4;

/** A root directory with 'hello', 'big' (of `bigBytes`, which needs indirect blocks), an empty directory 'sub', and a device node 'tty'. */
export function buildS5fs(options: S5Options, bigBytes: Uint8Array): Uint8Array {
  const { blockSize, bigEndian } = options;
  const image = new Uint8Array(BLOCKS * blockSize);
  const view = new DataView(image.buffer);
  const put16 = (at: number, value: number) => view.setUint16(at, value, !bigEndian);
  const put32 = (at: number, value: number) => view.setUint32(at, value, !bigEndian);
  const put24 = (at: number, value: number) => {
    const bytes = [value & 255, (value >> 8) & 255, (value >> 16) & 255];
    image.set(bigEndian ? bytes.reverse() : bytes, at);
  };
  const firstData = 2 + ILIST_BLOCKS;
  let next = firstData;
  const take = () => next++;

  function writeContent(content: Uint8Array): number[] {
    const addresses = new Array<number>(13).fill(0);
    const perBlock = blockSize / 4;
    const count = Math.ceil(content.length / blockSize);
    let single = 0;
    let double = 0;
    for (let i = 0; i < count; i++) {
      const block = take();
      image.set(content.subarray(i * blockSize, (i + 1) * blockSize), block * blockSize);
      if (i < 10) addresses[i] = block;
      else if (i < 10 + perBlock) {
        single ||= take();
        addresses[10] = single;
        put32(single * blockSize + (i - 10) * 4, block);
      } else {
        double ||= take();
        addresses[11] = double;
        const index = i - 10 - perBlock;
        const at = double * blockSize + Math.floor(index / perBlock) * 4;
        if (view.getUint32(at, !bigEndian) === 0) put32(at, take());
        put32(view.getUint32(at, !bigEndian) * blockSize + (index % perBlock) * 4, block);
      }
    }
    return addresses;
  }

  function writeInode(number: number, mode: number, nlink: number, size: number, addresses: number[]): void {
    const at = 2 * blockSize + (number - 1) * 64;
    put16(at, mode);
    put16(at + 2, nlink);
    put16(at + 4, 7);
    put16(at + 6, 8);
    put32(at + 8, size);
    for (const [index, address] of addresses.entries()) put24(at + 12 + 3 * index, address);
    put32(at + 52, 600000001);
    put32(at + 56, 600000002);
    put32(at + 60, 600000003);
  }

  function directory(entries: Array<[number, string]>): Uint8Array {
    const bytes = new Uint8Array(entries.length * 16);
    entries.forEach(([number, name], index) => {
      bytes[index * 16 + (bigEndian ? 1 : 0)] = number;
      bytes.set(new TextEncoder().encode(name).subarray(0, 14), index * 16 + 2);
    });
    return bytes;
  }

  const root = directory([
    [2, '.'],
    [2, '..'],
    [3, 'hello'],
    [0, 'removed'],
    [4, 'big'],
    [5, 'sub'],
    [6, 'tty'],
    [3, 'fourteen-chars'],
  ]);
  writeInode(2, 0o040755, 3, root.length, writeContent(root));
  const hello = new TextEncoder().encode('hello, 1983\n');
  writeInode(3, 0o100644, 2, hello.length, writeContent(hello));
  writeInode(4, 0o100600, 1, bigBytes.length, writeContent(bigBytes));
  const sub = directory([
    [5, '.'],
    [2, '..'],
  ]);
  writeInode(5, 0o040755, 2, sub.length, writeContent(sub));
  writeInode(6, 0o020666, 1, 0, [(5 << 8) | 3]);

  const at = 512;
  const [fsize, time, fname] = options.aligned ? [4, 420, 440] : [2, 414, 432];
  put16(at, firstData);
  put32(at + fsize, BLOCKS);
  put32(at + time, 600000000);
  image.set(new TextEncoder().encode('rootfs'), at + fname);
  image.set(new TextEncoder().encode('disk1'), at + fname + 6);
  put32(at + 500, options.clean ? 0x7c269d38 - 600000000 : 0x7c269d38);
  put32(at + 504, 0xfd187e20);
  put32(at + 508, { 512: 1, 1024: 2, 2048: 3 }[blockSize]);
  return image;
}
