/** Disks, partitions and siblings, over a sysfs that is laid out as Linux does: a card reader with three slots, a stick behind a hub, an optical drive, and an internal disk. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linuxDrives } from './linux.ts';
import { deviceGeometry, linuxDiskOf, otherMediaNodes, partitionNodes, usbDeviceOf } from './sysfs.ts';

const root = mkdtempSync(join(tmpdir(), 'airlock-sysfs-'));
afterAll(() => rmSync(root, { recursive: true }));

const READER = 'devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0';
const STICK = 'devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3.2/1-3.2:1.0/host7/target7:0:0';
const BURNER = 'devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0';
disk(`${READER}/6:0:0:0/block/sdb`, 1000, 512);
disk(`${READER}/6:0:0:1/block/sdc`, 4000, 512);
disk(`${READER}/6:0:0:2/block/sdd`, 0, 512);
disk(`${STICK}/7:0:0:0/block/sde`, 800, 4096);
disk(`${BURNER}/1:0:0:0/block/sr0`, 0x1fffff, 2048);
write(`${BURNER}/1:0:0:0/block/sr0/dev`, '11:0');
write('devices/pci0000:00/0000:00:14.0/usb1/1-2/speed', 480);
write('devices/pci0000:00/0000:00:14.0/usb1/1-2/serial', '000000000903');
write(`${STICK}/../../../speed`, 5000);
write(`${STICK}/../../../manufacturer`, 'SanDisk');
write(`${STICK}/../../../serial`, '4C53\u00010001');
write(`${STICK}/7:0:0:0/model`, 'Ultra');
symlinkSync(join(root, STICK, '7:0:0:0'), join(root, STICK, '7:0:0:0/block/sde/device'));
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

function write(path: string, value: number | string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), `${value}\n`);
}

function link(path: string, folder: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  symlinkSync(join(root, path), join(root, folder, path.slice(path.lastIndexOf('/') + 1)));
}

const files = { sys: root, proc: join(root, 'proc'), udev: join(root, 'udev') };
const drive = (name: string) => linuxDrives(files).find(({ devicePath }) => devicePath === `/dev/${name}`);

test('size and sector size of a disk and of a partition, which has its disk’s sectors', () => {
  expect(deviceGeometry('/dev/sdb', files)).toEqual({ sizeBytes: 512_000, sectorSize: 512 });
  expect(deviceGeometry('/dev/sde1', files)).toEqual({ sizeBytes: 358_400, sectorSize: 4096 });
  expect(() => deviceGeometry('/dev/sdz', files)).toThrow('/dev/sdz is not there');
});

test('siblings are the other slots of the same reader, with a card and without, and no other drive', () => {
  expect(drive('sdb')).toMatchObject({
    siblings: ['device:/dev/sdc:2048000', 'device:/dev/sdd:0:empty'],
    serial: '000000000903',
    speedMbitPerSecond: 480,
  });
  expect(drive('sde')?.siblings).toEqual([]);
  expect(drive('sda')).toMatchObject({ siblings: [], bus: 'SATA', removable: false, speedMbitPerSecond: null });
});

test('the other media of a reader are the slots that hold a card', () => {
  expect(otherMediaNodes('/dev/sdb', files)).toEqual(['/dev/sdc']);
  expect(otherMediaNodes('/dev/sde', files)).toEqual([]);
  expect(otherMediaNodes('/dev/sda', files)).toEqual([]);
});

test('an empty slot is a drive without a medium, and nothing about it is broken', () => {
  expect(drive('sdd')).toMatchObject({ hasMedium: false, sizeBytes: null, bus: 'USB', removable: true });
});

test('a stick behind a hub has its own speed, maker and serial number, made printable', () => {
  expect(drive('sde')).toMatchObject({
    name: 'SanDisk Ultra',
    vendor: 'SanDisk',
    model: 'Ultra',
    serial: '4C53 0001',
    speedMbitPerSecond: 5000,
    sectorSize: 4096,
    hasMedium: true,
  });
  expect(usbDeviceOf('sde', files)).toBe(join(root, 'devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3.2'));
});

test('an optical drive has a disc when udev found one; before that its size tells', () => {
  expect(drive('sr0')).toMatchObject({ hasMedium: false, sizeBytes: null, bus: 'Optical' });
  write('udev/b11:0', 'I:1\nE:ID_CDROM=1\nE:ID_CDROM_MEDIA=1');
  expect(drive('sr0')).toMatchObject({ hasMedium: true });
  write('udev/b11:0', 'I:1\nE:ID_CDROM=1');
  expect(drive('sr0')).toMatchObject({ hasMedium: false });
});

test('a partition’s disk, and a disk’s partitions', () => {
  expect(linuxDiskOf('/dev/sde1', files)).toBe('/dev/sde');
  expect(linuxDiskOf('/dev/sde', files)).toBe('/dev/sde');
  expect(partitionNodes('/dev/sde', files)).toEqual(['/dev/sde1']);
  expect(partitionNodes('/dev/sdb', files)).toEqual([]);
});
