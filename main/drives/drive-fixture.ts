/** A stick for tests. */

import type { Drive } from './drive.ts';

export function stickDrive(devicePath: string, more: Partial<Drive> = {}): Drive {
  return {
    id: `device:${devicePath}:1`,
    devicePath,
    name: 'SanDisk Ultra',
    vendor: 'SanDisk',
    model: 'Ultra',
    serial: null,
    sizeBytes: 1000,
    sectorSize: 512,
    bus: 'USB',
    speedMbitPerSecond: 480,
    removable: true,
    hasMedium: true,
    system: false,
    hostMounts: [],
    hostDrivers: [],
    siblings: [],
    ...more,
  };
}
