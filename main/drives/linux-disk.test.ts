/** Disks, partitions and siblings, over a sysfs that is laid out as Linux does: a card reader with two slots, a stick, and an internal disk. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { deviceGeometry, linuxDiskOf, partitionNodes, siblingNodes } from './linux.ts';

const root = mkdtempSync(join(tmpdir(), 'airlock-sysfs-'));
afterAll(() => rmSync(root, { recursive: true }));

const READER = 'devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0';
const STICK = 'devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/host7/target7:0:0';
disk(`${READER}/6:0:0:0/block/sdb`, 1000, 512);
disk(`${READER}/6:0:0:1/block/sdc`, 4000, 512);
disk(`${READER}/6:0:0:2/block/sdd`, 0, 512);
disk(`${STICK}/7:0:0:0/block/sde`, 800, 4096);
disk('devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda', 9000, 512);
partition(`${STICK}/7:0:0:0/block/sde`, 'sde1', 700);

function disk(path: string, sectors: number, sectorSize: number): void {
  write(`${path}/size`, sectors);
  write(`${path}/queue/logical_block_size`, sectorSize);
  link(path, 'block');
  link(path, 'class/block');
}

function partition(path: string, name: string, sectors: number): void {
  write(`${path}/${name}/size`, sectors);
  write(`${path}/${name}/partition`, 1);
  link(`${path}/${name}`, 'class/block');
}

function write(path: string, value: number): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), `${value}\n`);
}

function link(path: string, folder: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  symlinkSync(join(root, path), join(root, folder, path.slice(path.lastIndexOf('/') + 1)));
}

const files = { sys: root, proc: join(root, 'proc') };

test('size and sector size of a disk and of a partition, which has its disk’s sectors', () => {
  expect(deviceGeometry('/dev/sdb', files)).toEqual({ sizeBytes: 512_000, sectorSize: 512 });
  expect(deviceGeometry('/dev/sde1', files)).toEqual({ sizeBytes: 358_400, sectorSize: 4096 });
  expect(() => deviceGeometry('/dev/sdz', files)).toThrow('/dev/sdz is not there');
});

test('siblings are the other slots that hold a card, and no other drive', () => {
  expect(siblingNodes('/dev/sdb', files)).toEqual(['/dev/sdc']);
  expect(siblingNodes('/dev/sde', files)).toEqual([]);
  expect(siblingNodes('/dev/sda', files)).toEqual([]);
});

test('a partition’s disk, and a disk’s partitions', () => {
  expect(linuxDiskOf('/dev/sde1', files)).toBe('/dev/sde');
  expect(linuxDiskOf('/dev/sde', files)).toBe('/dev/sde');
  expect(partitionNodes('/dev/sde', files)).toEqual(['/dev/sde1']);
  expect(partitionNodes('/dev/sdb', files)).toEqual([]);
});
