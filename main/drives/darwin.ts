/** Drives on macOS, from what drivelist (DiskArbitration) says. */

import type { Drive } from './drive.ts';
import type { ListedDrive } from './listed-drive.ts';

/** The media among the listed drives: disk images that are attached are not. */
export function darwinDrives(listed: readonly ListedDrive[]): Drive[] {
  return listed
    .filter((drive) => !drive.isVirtual && drive.size !== null && drive.size > 0)
    .map((drive) => ({
      id: `device:${drive.device}:${drive.size}:${drive.description}`,
      // The raw device is not read through the system's cache, and its reads are of whole sectors as the worker makes them.
      devicePath: drive.raw,
      name: drive.description.trim() || drive.device.replace(/^\/dev\//, ''),
      sizeBytes: drive.size,
      sectorSize: drive.logicalBlockSize,
      bus: drive.isCard ? 'SD' : drive.isUSB ? 'USB' : drive.busType || null,
      removable: drive.isRemovable || drive.isUSB || drive.isCard,
      system: drive.isSystem,
      hostMounts: drive.mountpoints.map((mount) => mount.path),
    }));
}
