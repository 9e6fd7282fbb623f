/** Drives on Linux, over sysfs and mountinfo as of a laptop with an encrypted disk, a stick and a second disk. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtOn, hostMountsOf, parseMountinfo, unlockedOn } from './host-mounts.ts';
import { linuxDrives, linuxSignature } from './linux.ts';
import type { HostFiles } from './sysfs.ts';

const MOUNTINFO = `22 27 0:21 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
27 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw,errors=remount-ro
40 27 259:1 / /boot/efi rw,relatime shared:31 - vfat /dev/nvme0n1p1 rw,fmask=0077
610 27 8:17 / /media/jo/MY\\040STICK rw,nosuid,nodev,relatime shared:500 - vfat /dev/sdb1 rw,uid=1000
611 27 0:52 / /mnt/btr rw,relatime - btrfs /dev/sdd1 rw,space_cache=v2,subvolid=5
`;

const SYSFS: Record<string, string> = {
  'block/nvme0n1/dev': '259:0',
  'block/nvme0n1/size': '1000215216',
  'block/nvme0n1/diskseq': '1',
  'block/nvme0n1/device/model': 'Laptop SSD 512',
  'block/nvme0n1/device/serial': 'S4EVNX0M',
  'block/nvme0n1/nvme0n1p1/dev': '259:1',
  'block/nvme0n1/nvme0n1p2/dev': '259:2',
  'block/nvme0n1/nvme0n1p2/holders/dm-0/x': '',
  'block/dm-0/dev': '253:0',
  'block/dm-0/holders/dm-1/x': '',
  'block/dm-1/dev': '253:1',
  'block/dm-0/dm/uuid': 'CRYPT-LUKS2-0123-luks-0123',
  'block/dm-1/dm/uuid': 'LVM-abc',
  'block/sdb/dev': '8:16',
  'block/sdb/size': '60062500',
  'block/sdb/diskseq': '14',
  'block/sdb/removable': '1',
  'block/sdb/queue/logical_block_size': '512',
  'block/sdb/device/vendor': 'SanDisk ',
  'block/sdb/device/model': 'Ultra\u001b[31m   Fit   ',
  'block/sdb/sdb1/dev': '8:17',
  'udev/b8:16': 'I:52\nE:ID_BUS=usb\nE:ID_SERIAL_SHORT=4C530001',
  'block/sdc/dev': '8:32',
  'block/sdc/size': '0',
  'block/sdc/removable': '1',
  'block/sdd/dev': '8:48',
  'block/sdd/size': '8192',
  'block/sdd/diskseq': '20',
  'block/sdd/queue/logical_block_size': '4096',
  'block/sdd/sdd1/dev': '8:49',
};

let base = '';
let files: HostFiles;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-sysfs-'));
  files = { sys: base, proc: join(base, 'proc'), udev: join(base, 'udev') };
  for (const [path, content] of Object.entries({ ...SYSFS, 'proc/self/mountinfo': MOUNTINFO })) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), path.startsWith('proc') ? content : `${content}\n`);
  }
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const byName = (deviceName: string) => linuxDrives(files).find(({ devicePath }) => devicePath === `/dev/${deviceName}`);

test('lists media with names, sizes and mounts; the disk below encryption and volume group is the system’s', () => {
  expect(linuxDrives(files)).toEqual([
    {
      id: 'device:/dev/nvme0n1:1',
      devicePath: '/dev/nvme0n1',
      name: 'Laptop SSD 512',
      vendor: null,
      model: 'Laptop SSD 512',
      serial: 'S4EVNX0M',
      sizeBytes: 512110190592,
      sectorSize: null,
      bus: 'NVMe',
      speedMbitPerSecond: null,
      removable: false,
      hasMedium: true,
      system: true,
      hostMounts: ['/', '/boot/efi'],
      hostDrivers: ['ext4', 'vfat'],
      siblings: [],
    },
    {
      id: 'device:/dev/sdb:14',
      devicePath: '/dev/sdb',
      name: 'SanDisk Ultra [31m Fit',
      vendor: 'SanDisk',
      model: 'Ultra [31m Fit',
      serial: '4C530001',
      sizeBytes: 30752000000,
      sectorSize: 512,
      bus: null,
      speedMbitPerSecond: null,
      removable: true,
      hasMedium: true,
      system: false,
      hostMounts: ['/media/jo/MY STICK'],
      hostDrivers: ['vfat'],
      siblings: [],
    },
    expect.objectContaining({ id: 'device:/dev/sdc:0:empty', hasMedium: false, sizeBytes: null }),
    expect.objectContaining({
      id: 'device:/dev/sdd:20',
      name: 'sdd',
      sectorSize: 4096,
      removable: false,
      system: false,
      hostMounts: ['/mnt/btr'],
      hostDrivers: ['btrfs'],
    }),
  ]);
});

test('memory, loop devices and the boot areas of an eMMC are no media; an SD card can be taken out and soldered flash cannot', () => {
  for (const name of ['zram0', 'loop3', 'mmcblk0boot0']) {
    mkdirSync(join(base, 'block', name));
    writeFileSync(join(base, 'block', name, 'size'), '8192');
  }
  for (const [name, type] of [
    ['mmcblk0', 'MMC'],
    ['mmcblk1', 'SD'],
  ]) {
    mkdirSync(join(base, 'block', name, 'device'), { recursive: true });
    writeFileSync(join(base, 'block', name, 'size'), '8192');
    writeFileSync(join(base, 'block', name, 'device/type'), `${type}\n`);
  }
  const found = linuxDrives(files).filter(({ devicePath }) => !/sd|nvme/.test(devicePath));
  expect(found.map(({ devicePath, bus, removable }) => [devicePath, bus, removable])).toEqual([
    ['/dev/mmcblk0', 'eMMC', false],
    ['/dev/mmcblk1', 'SD', true],
  ]);
});

test('a drive that the host swaps onto is the system’s', () => {
  expect(byName('sdd')?.system).toBe(false);
  writeFileSync(join(base, 'proc/swaps'), 'Filename\tType\n/dev/sdd1  partition\t1\t0\t-2\n');
  expect(byName('sdd')?.system).toBe(true);
});

test('what is built on a drive is found through all layers', () => {
  expect(builtOn('nvme0n1', files)).toEqual(['dm-0', 'dm-1']);
  expect(builtOn('sdb', files)).toEqual([]);
});

test('unlocked encryption is told with what is locked again; a volume group in it is not encryption', () => {
  expect(unlockedOn('nvme0n1', files)).toEqual([{ encrypted: '/dev/nvme0n1p2', cleartext: '/dev/dm-0' }]);
  expect(unlockedOn('sdb', files)).toEqual([]);
});

test('a live system’s own stick is the system', () => {
  writeFileSync(join(base, 'proc/self/mountinfo'), '30 1 8:17 / /run/live/medium ro,noatime - iso9660 /dev/sdb1 ro\n');
  expect(byName('sdb')?.system).toBe(true);
});

test('mountinfo gives paths with blanks as they are, and passes over lines that it does not know', () => {
  expect(parseMountinfo('a b c\n\n30 1 8:1 / /a\\040b\\134c rw shared:1 master:2 - ext4 /dev/sda1 rw')).toEqual([
    { deviceNumber: '8:1', path: '/a b\\c', source: '/dev/sda1', driver: 'ext4' },
  ]);
});

test('mounts of a drive name the nodes that are to be unmounted', () => {
  expect(hostMountsOf('sdb', files).map((mount) => mount.source)).toEqual(['/dev/sdb1']);
  expect(hostMountsOf('sdx', files)).toEqual([]);
});

test('the signature changes with a plug, a medium and a mount', () => {
  const first = linuxSignature(files);
  expect(linuxSignature(files)).toBe(first);
  writeFileSync(join(base, 'block/sdb/diskseq'), '15');
  const second = linuxSignature(files);
  writeFileSync(join(base, 'proc/self/mountinfo'), MOUNTINFO.split('\n').slice(0, 3).join('\n'));
  expect(new Set([first, second, linuxSignature(files)]).size).toBe(3);
});
