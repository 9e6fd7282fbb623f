/** Makes the image of a test stick: an MBR with one FAT partition (dosfstools, mtools), and says what is on it. */

import { createHash, randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { output } from './cache.ts';
import type { KnownStick } from './scenario.ts';

const SECTOR = 512;
/** Of the guest's memory: its cache reads and fails by these. */
const PAGE = 4096;
const MIB = 1024 * 1024;
/** Where partitions begin since disks have 4096-byte sectors. */
const PARTITION_START = MIB;
const STICK_BYTES = 96 * MIB;
/** MBR: the first entry of the table, and the signature; type 0x0e is FAT16 by LBA. */
const TABLE = 446;
const SIGNATURE = 510;
const FAT16_LBA = 0x0e;

export interface TestStick extends KnownStick {
  image: string;
}

export function makeTestStick(image: string): TestStick {
  const files = new Map<string, Buffer>([
    ['hello.txt', Buffer.from('hello from a stick\n')],
    ['broken.bin', randomBytes(2 * MIB)],
    ['deep/er/small.txt', Buffer.from('small\n')],
    ['big.bin', randomBytes(12 * MIB)],
  ]);
  for (let number = 1; number <= 20; number += 1) files.set(`many/file-${number}.bin`, randomBytes(number * 1000));
  writePartitionTable(image);
  const partition = `${image}@@${PARTITION_START}`;
  const kib = String((STICK_BYTES - PARTITION_START) / 1024);
  output('mkfs.vfat', ['-F', '16', '-n', 'TESTSTICK', '--offset', String(PARTITION_START / SECTOR), image, kib]);
  const folder = `${image}.files`;
  for (const [path, content] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const name of ['hello.txt', 'broken.bin', 'deep', 'big.bin', 'many'])
    output('mcopy', ['-s', '-i', partition, join(folder, name), '::/']);
  rmSync(folder, { recursive: true });
  const expected = [...files].map(([path, content]) => ({
    path,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const badSectors = sectorsOf(image, files.get('broken.bin') ?? Buffer.alloc(0));
  const bytes = readFileSync(image);
  const whole = createHash('sha256').update(bytes).digest('hex');
  for (const sector of badSectors) {
    const page = Math.floor((sector * SECTOR) / PAGE) * PAGE;
    bytes.fill(0, page, page + PAGE);
  }
  return { image, expected, badSectors, whole, withoutBadPages: createHash('sha256').update(bytes).digest('hex') };
}

function writePartitionTable(image: string): void {
  const sector = Buffer.alloc(SECTOR);
  sector[TABLE + 4] = FAT16_LBA;
  sector.writeUInt32LE(PARTITION_START / SECTOR, TABLE + 8);
  sector.writeUInt32LE((STICK_BYTES - PARTITION_START) / SECTOR, TABLE + 12);
  sector.writeUInt16LE(0xaa55, SIGNATURE);
  const fd = openSync(image, 'w');
  writeSync(fd, sector);
  ftruncateSync(fd, STICK_BYTES);
  closeSync(fd);
}

/** mcopy lays a file down in one piece. */
function sectorsOf(image: string, content: Buffer): number[] {
  const start = readFileSync(image).indexOf(content.subarray(0, SECTOR)) / SECTOR;
  return [start + 1000, start + 1001];
}
