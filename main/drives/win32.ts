/** Drives on Windows, from what drivelist (SetupAPI) says and the instance identifiers of its disks (Win32_DiskDrive). */

import * as v from 'valibot';
import { type DeviceFacts, rememberedFacts, withFacts } from './device-facts.ts';
import type { Drive } from './drive.ts';
import type { ListedDrive } from './listed-drive.ts';
import { printable } from './printable.ts';
import { outputOf } from './run-command.ts';

/** The media among the listed drives, and the empty slots of card readers. */
export function win32Drives(
  listed: readonly ListedDrive[],
  facts: ReadonlyMap<string, DeviceFacts> = new Map(),
): Drive[] {
  const drives = listed
    .filter((drive) => !drive.isVirtual)
    .map((drive) => {
      const hasMedium = drive.size !== null && drive.size > 0;
      return {
        id: `device:${drive.device}:${hasMedium ? drive.size : 'empty'}:${drive.description}`,
        devicePath: drive.raw,
        // The friendly name ends in 'USB Device' whatever it is.
        name: drive.description.replace(/ USB Device$/i, '').trim() || drive.device.replace(/^\\\\\.\\/, ''),
        sizeBytes: hasMedium ? drive.size : null,
        sectorSize: drive.logicalBlockSize,
        bus: drive.isCard ? 'SD' : drive.isUSB ? 'USB' : drive.busType === 'UNKNOWN' ? null : drive.busType || null,
        removable: drive.isRemovable || drive.isUSB || drive.isCard,
        hasMedium,
        system: drive.isSystem,
        hostMounts: drive.mountpoints.map((mount) => mount.path),
        hostDrivers: [],
      };
    });
  return withFacts(drives, facts, (drive) => drive.devicePath.toLowerCase());
}

/** By device path in small letters; empty where PowerShell cannot be asked. */
export const win32Facts = rememberedFacts(async () => diskFacts(await diskInstancesHere()));

const diskSchema = v.object({ DeviceID: v.string(), PNPDeviceID: v.string() });
/** How PowerShell is told to answer in JSON; a list of one comes as that one. */
const DISKS_COMMAND = 'Get-CimInstance Win32_DiskDrive | Select-Object DeviceID,PNPDeviceID | ConvertTo-Json -Compress';

export async function diskInstancesHere(): Promise<Map<string, string>> {
  const args = ['-NoProfile', '-NonInteractive', '-Command', DISKS_COMMAND];
  return diskInstances((await outputOf('powershell.exe', args)) ?? '');
}

/** The instance identifier of each disk ('USBSTOR\\DISK&VEN_…&PROD_…&REV_…\\SERIAL&0'), by device path in small letters. */
export function diskInstances(json: string): Map<string, string> {
  try {
    const answer: unknown = JSON.parse(json);
    const disks = v.parse(v.array(v.unknown()), Array.isArray(answer) ? answer : [answer]);
    const known = disks.filter((disk) => v.is(diskSchema, disk));
    return new Map(known.map(({ DeviceID, PNPDeviceID }) => [DeviceID.toLowerCase(), PNPDeviceID]));
  } catch {
    return new Map();
  }
}

/**
 * What the identifiers say (Windows drivers, "USB device instance IDs" and "Identifiers for USB storage"): enumerator, hardware, and an instance, which is the
 * serial number and the number of the unit; where its second character is '&' Windows has made it up, for a device without a serial number.
 */
export function diskFacts(instances: ReadonlyMap<string, string>): Map<string, DeviceFacts> {
  const facts = new Map<string, DeviceFacts>();
  for (const [devicePath, id] of instances) {
    const [enumerator, hardware = '', instance = ''] = id.split('\\');
    const part = (name: string) => new RegExp(`&${name}_([^&]*)`, 'i').exec(hardware)?.[1] ?? '';
    const unit = instance.replace(/&\d+$/, '');
    const isStorage = enumerator.toUpperCase() === 'USBSTOR';
    facts.set(devicePath, {
      vendor: printable(part('VEN').replaceAll('_', ' ')) || null,
      model: printable(part('PROD').replaceAll('_', ' ')) || null,
      serial: isStorage && instance[1] !== '&' ? printable(unit) || null : null,
      speedMbitPerSecond: null,
      reader: isStorage && unit !== '' ? unit.toUpperCase() : null,
    });
  }
  return facts;
}
