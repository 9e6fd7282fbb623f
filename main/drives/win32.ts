/** Drives on Windows, from what drivelist (SetupAPI) says. */

import type { Drive } from './drive.ts';
import type { ListedDrive } from './listed-drive.ts';

/** The media among the listed drives. */
export function win32Drives(listed: readonly ListedDrive[]): Drive[] {
  return listed
    .filter((drive) => !drive.isVirtual && drive.size !== null && drive.size > 0)
    .map((drive) => ({
      id: `device:${drive.device}:${drive.size}:${drive.description}`,
      devicePath: drive.raw,
      // The friendly name ends in 'USB Device' whatever it is.
      name: drive.description.replace(/ USB Device$/i, '').trim() || drive.device.replace(/^\\\\\.\\/, ''),
      sizeBytes: drive.size,
      sectorSize: drive.logicalBlockSize,
      bus: drive.isCard ? 'SD' : drive.isUSB ? 'USB' : drive.busType === 'UNKNOWN' ? null : drive.busType || null,
      removable: drive.isRemovable || drive.isUSB || drive.isCard,
      system: drive.isSystem,
      hostMounts: drive.mountpoints.map((mount) => mount.path),
    }));
}
