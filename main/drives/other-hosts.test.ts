/** Drives on macOS and Windows, over answers that were written after the documentation of drivelist, ioreg and Win32_DiskDrive, not recorded on our machines. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { darwinDrives, usbFacts } from './darwin.ts';
import { checkedDrives } from './listed-drive.ts';
import { diskFacts, diskInstances, win32Drives } from './win32.ts';

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

test('Windows: names lose what every stick’s name ends in; an empty card reader is a drive without a medium', () => {
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
  expect(drives.map((drive) => [drive.name, drive.system, drive.hasMedium, drive.hostMounts])).toEqual([
    ['NVMe SAMSUNG', true, true, ['C:\\']],
    ['Kingston DataTraveler 3.0', false, true, ['E:\\']],
    ['Generic STORAGE DEVICE', false, false, []],
  ]);
});

test('an answer that is no list of drives is none', () => {
  expect(checkedDrives(null)).toEqual([]);
  expect(checkedDrives([{ device: '/dev/sda' }])).toEqual([]);
});

const usbDisk = (disk: string, size: number | null = 1000) => ({
  device: disk,
  raw: disk.replace('/dev/disk', '/dev/rdisk'),
  description: 'Media',
  busType: 'USB',
  size,
  logicalBlockSize: 512,
  mountpoints: [],
  isSystem: false,
  isVirtual: false,
  isRemovable: true,
  isUSB: true,
  isCard: false,
});

test('macOS: the registry tells a stick’s own maker, serial number and speed, not its hub’s, and which cards share a reader', () => {
  const facts = usbFacts(readFileSync(new URL('./fixtures/ioreg-usb.plist', import.meta.url), 'utf8'));
  expect([...facts.keys()]).toEqual(['disk4', 'disk5', 'disk6']);
  const listed = checkedDrives(['/dev/disk4', '/dev/disk5', '/dev/disk6', '/dev/disk7'].map((disk) => usbDisk(disk)));
  const [stick, firstCard, secondCard, unknown] = darwinDrives(listed, facts);
  expect(stick).toMatchObject({
    vendor: 'SanDisk',
    model: 'Ultra & Fit',
    serial: '4C530001230405',
    speedMbitPerSecond: 5000,
    siblings: [],
    hasMedium: true,
  });
  expect(firstCard).toMatchObject({
    vendor: 'Generic',
    serial: null,
    speedMbitPerSecond: 480,
    siblings: [secondCard.id],
  });
  expect(unknown).toMatchObject({ vendor: null, model: null, speedMbitPerSecond: null, siblings: [] });
  expect(usbFacts('ioreg: error: unrecognized option')).toEqual(new Map());
});

const instances = (disks: Array<[number, string]>) =>
  diskInstances(
    JSON.stringify(disks.map(([index, id]) => ({ DeviceID: `\\\\.\\PHYSICALDRIVE${index}`, PNPDeviceID: id }))),
  );

test('Windows: a disk’s instance identifier tells maker, model, serial number and reader', () => {
  const facts = diskFacts(
    instances([
      [0, 'SCSI\\DISK&VEN_NVME&PROD_SAMSUNG_MZVL2512\\5&1A2B3C4D&0&000000'],
      [2, 'USBSTOR\\DISK&VEN_KINGSTON&PROD_DATATRAVELER_3.0&REV_PMAP\\E0D55EA5741DF3A1&0'],
      [3, 'USBSTOR\\DISK&VEN_GENERIC-&PROD_SD/MMC&REV_1.00\\058F63616476&0'],
      [4, 'USBSTOR\\DISK&VEN_GENERIC-&PROD_MICROSD&REV_1.00\\058f63616476&1'],
      [5, 'USBSTOR\\DISK&VEN_&PROD_&REV_8.07\\7&2F4B6D3A&0&_&0'],
    ]),
  );
  const listed = [0, 2, 3, 4, 5].map((index) => usbDisk(`\\\\.\\PhysicalDrive${index}`, index === 4 ? null : 1000));
  const drives = win32Drives(checkedDrives(listed), facts);
  expect(drives.map(({ vendor, model, serial }) => [vendor, model, serial])).toEqual([
    ['NVME', 'SAMSUNG MZVL2512', null],
    ['KINGSTON', 'DATATRAVELER 3.0', 'E0D55EA5741DF3A1'],
    ['GENERIC-', 'SD/MMC', '058F63616476'],
    ['GENERIC-', 'MICROSD', '058f63616476'],
    // Windows makes an instance up where there is no serial number.
    [null, null, null],
  ]);
  expect(drives[2].siblings).toEqual([drives[3].id]);
  expect(drives[3]).toMatchObject({ hasMedium: false, sizeBytes: null, siblings: [drives[2].id] });
  expect(drives[1].siblings).toEqual([]);
});

test('Windows: one disk comes as that one, and anything else as none', () => {
  expect(diskInstances('{"DeviceID":"\\\\\\\\.\\\\PHYSICALDRIVE0","PNPDeviceID":"SCSI\\\\DISK\\\\1"}').size).toBe(1);
  expect(diskInstances('')).toEqual(new Map());
  expect(diskInstances('[null,{"DeviceID":7}]')).toEqual(new Map());
});
