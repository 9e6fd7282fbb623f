/** Drives on macOS and Windows, over what drivelist answered there. */

import { expect, test } from 'vitest';
import { darwinDrives } from './darwin.ts';
import { checkedDrives } from './listed-drive.ts';
import { win32Drives } from './win32.ts';

test('macOS: the raw device is opened; attached disk images are no media', () => {
  const answer = [
    {
      device: '/dev/disk0',
      raw: '/dev/rdisk0',
      description: 'APPLE SSD AP0512Q Media',
      busType: 'PCI-Express',
      size: 500277792768,
      logicalBlockSize: 4096,
      mountpoints: [{ path: '/' }],
      isSystem: true,
      isVirtual: false,
      isRemovable: false,
      isUSB: false,
      isCard: false,
    },
    {
      device: '/dev/disk4',
      raw: '/dev/rdisk4',
      description: 'SanDisk Ultra Media',
      busType: 'USB',
      size: 30752636928,
      logicalBlockSize: 512,
      mountpoints: [{ path: '/Volumes/STICK', label: 'STICK' }],
      isSystem: false,
      isVirtual: false,
      isRemovable: true,
      isUSB: true,
      isCard: false,
    },
    {
      device: '/dev/disk5',
      raw: '/dev/rdisk5',
      description: 'Disk Image',
      busType: 'UNKNOWN',
      size: 1048576,
      logicalBlockSize: 512,
      mountpoints: [],
      isSystem: false,
      isVirtual: true,
      isRemovable: true,
      isUSB: false,
      isCard: false,
    },
  ];
  const drives = darwinDrives(checkedDrives(answer));
  expect(drives.map((drive) => drive.devicePath)).toEqual(['/dev/rdisk0', '/dev/rdisk4']);
  expect(drives[0]).toMatchObject({ system: true, removable: false });
  expect(drives[1]).toMatchObject({
    name: 'SanDisk Ultra Media',
    bus: 'USB',
    system: false,
    removable: true,
    hostMounts: ['/Volumes/STICK'],
  });
});

test('Windows: names lose what every stick’s name ends in; empty card readers are no media', () => {
  const answer = [
    {
      device: '\\\\.\\PhysicalDrive0',
      raw: '\\\\.\\PhysicalDrive0',
      description: 'NVMe SAMSUNG',
      busType: 'NVME',
      size: 512110190592,
      logicalBlockSize: 512,
      mountpoints: [{ path: 'C:\\' }],
      isSystem: true,
      isVirtual: false,
      isRemovable: false,
      isUSB: false,
      isCard: false,
    },
    {
      device: '\\\\.\\PhysicalDrive2',
      raw: '\\\\.\\PhysicalDrive2',
      description: 'Kingston DataTraveler 3.0 USB Device',
      busType: 'USB',
      size: 15502147584,
      logicalBlockSize: 512,
      mountpoints: [{ path: 'E:\\' }],
      isSystem: false,
      isVirtual: false,
      isRemovable: true,
      isUSB: true,
      isCard: false,
    },
    {
      device: '\\\\.\\PhysicalDrive3',
      raw: '\\\\.\\PhysicalDrive3',
      description: 'Generic STORAGE DEVICE USB Device',
      busType: 'USB',
      size: null,
      logicalBlockSize: 512,
      mountpoints: [],
      isSystem: false,
      isVirtual: false,
      isRemovable: true,
      isUSB: true,
      isCard: true,
    },
  ];
  const drives = win32Drives(checkedDrives(answer));
  expect(drives.map((drive) => [drive.name, drive.system, drive.hostMounts])).toEqual([
    ['NVMe SAMSUNG', true, ['C:\\']],
    ['Kingston DataTraveler 3.0', false, ['E:\\']],
  ]);
});

test('an answer that is no list of drives is none', () => {
  expect(checkedDrives(null)).toEqual([]);
  expect(checkedDrives([{ device: '/dev/sda' }])).toEqual([]);
});
