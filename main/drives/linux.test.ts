/** Drives on Linux, over recorded sysfs, mountinfo and lsblk (through drivelist) of a laptop with an encrypted disk and two sticks. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HostFiles, hostMountsOf, linuxDrives, linuxSignature, parseMountinfo } from './linux.ts';
import { checkedDrives } from './listed-drive.ts';

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
  'block/nvme0n1/nvme0n1p1/dev': '259:1',
  'block/nvme0n1/nvme0n1p2/dev': '259:2',
  'block/nvme0n1/nvme0n1p2/holders/dm-0/x': '',
  'block/dm-0/dev': '253:0',
  'block/dm-0/holders/dm-1/x': '',
  'block/dm-1/dev': '253:1',
  'block/sdb/dev': '8:16',
  'block/sdb/size': '60062500',
  'block/sdb/diskseq': '14',
  'block/sdb/removable': '1',
  'block/sdb/queue/logical_block_size': '512',
  'block/sdb/device/vendor': 'SanDisk ',
  'block/sdb/device/model': 'Ultra\u001b[31m   Fit   ',
  'block/sdb/sdb1/dev': '8:17',
  'block/sdc/dev': '8:32',
  'block/sdc/size': '0',
  'block/sdc/removable': '1',
  'block/sdd/dev': '8:48',
  'block/sdd/size': '8192',
  'block/sdd/diskseq': '20',
  'block/sdd/queue/logical_block_size': '4096',
  'block/sdd/sdd1/dev': '8:49',
};

const listed = (device: string, more: Record<string, unknown> = {}) => ({
  device,
  raw: device,
  description: '',
  busType: 'UNKNOWN',
  size: 1,
  logicalBlockSize: 512,
  mountpoints: [],
  isSystem: false,
  isVirtual: false,
  isRemovable: false,
  isUSB: null,
  isCard: null,
  ...more,
});

const LISTED = [
  listed('/dev/nvme0n1', { busType: 'NVME', isSystem: true }),
  listed('/dev/sdb', { isRemovable: true, isUSB: true }),
  listed('/dev/sdc', { isRemovable: true, isUSB: true, size: null }),
  listed('/dev/sdd', { isSystem: true, busType: 'SATA', description: 'Second disk' }),
  listed('/dev/zram0', { isRemovable: true, size: null }),
  { device: 7 },
  null,
];

let base = '';
let files: HostFiles;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'airlock-sysfs-'));
  files = { sys: base, proc: join(base, 'proc') };
  for (const [path, content] of Object.entries({ ...SYSFS, 'proc/self/mountinfo': MOUNTINFO })) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), path.startsWith('proc') ? content : `${content}\n`);
  }
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('lists media with names, sizes and mounts; the disk below encryption and volume group is the system’s', () => {
  expect(linuxDrives(checkedDrives(LISTED), files)).toEqual([
    {
      id: 'device:/dev/nvme0n1:1',
      devicePath: '/dev/nvme0n1',
      name: 'Laptop SSD 512',
      sizeBytes: 512110190592,
      sectorSize: 512,
      bus: 'NVMe',
      removable: false,
      system: true,
      hostMounts: ['/', '/boot/efi'],
    },
    {
      id: 'device:/dev/sdb:14',
      devicePath: '/dev/sdb',
      name: 'SanDisk Ultra [31m Fit',
      sizeBytes: 30752000000,
      sectorSize: 512,
      bus: 'USB',
      removable: true,
      system: false,
      hostMounts: ['/media/jo/MY STICK'],
    },
    {
      id: 'device:/dev/sdd:20',
      devicePath: '/dev/sdd',
      name: 'Second disk',
      sizeBytes: 4194304,
      sectorSize: 4096,
      bus: 'SATA',
      removable: false,
      system: false,
      hostMounts: ['/mnt/btr'],
    },
  ]);
});

test('a live system’s own stick is the system', () => {
  writeFileSync(join(base, 'proc/self/mountinfo'), '30 1 8:17 / /run/live/medium ro,noatime - iso9660 /dev/sdb1 ro\n');
  expect(linuxDrives(checkedDrives([LISTED[1]]), files)[0].system).toBe(true);
});

test('mountinfo gives paths with blanks as they are, and passes over lines that it does not know', () => {
  expect(parseMountinfo('a b c\n\n30 1 8:1 / /a\\040b\\134c rw shared:1 master:2 - ext4 /dev/sda1 rw')).toEqual([
    { deviceNumber: '8:1', path: '/a b\\c', source: '/dev/sda1' },
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
