/** Drives on macOS, from what drivelist (DiskArbitration) says and what the registry of devices (ioreg(8)) knows of those on USB. */

import { type DeviceFacts, rememberedFacts, withFacts } from './device-facts.ts';
import type { Drive } from './drive.ts';
import type { ListedDrive } from './listed-drive.ts';
import { isDictionary, type PlistDictionary, type PlistValue, parsePlist } from './plist.ts';
import { printable } from './printable.ts';
import { outputOf } from './run-command.ts';

/** 'Device Speed' of IOUSBHostDevice, in Mbit/s: low, full, high, super, super plus. */
const SPEEDS = [1.5, 12, 480, 5000, 10_000];
const MBIT = 1_000_000;

/** The media among the listed drives: disk images that are attached are not. An empty slot is no drive on macOS. */
export function darwinDrives(
  listed: readonly ListedDrive[],
  facts: ReadonlyMap<string, DeviceFacts> = new Map(),
): Drive[] {
  const drives = listed
    .filter((drive) => !drive.isVirtual && drive.size !== null && drive.size > 0)
    .map((drive) => ({
      id: `device:${drive.device}:${drive.size}:${drive.description}`,
      // The raw device is not read through the system's cache, and its reads are of whole sectors as the worker makes them.
      devicePath: drive.raw,
      name: drive.description.trim() || bsdName(drive.device),
      sizeBytes: drive.size,
      sectorSize: drive.logicalBlockSize,
      bus: drive.isCard ? 'SD' : drive.isUSB ? 'USB' : drive.busType || null,
      removable: drive.isRemovable || drive.isUSB || drive.isCard,
      hasMedium: true,
      system: drive.isSystem,
      hostMounts: drive.mountpoints.map((mount) => mount.path),
      hostDrivers: [],
    }));
  return withFacts(drives, facts, (drive) => bsdName(drive.devicePath));
}

/** 'disk4' of '/dev/disk4' and of '/dev/rdisk4'. */
export function bsdName(devicePath: string): string {
  return devicePath.replace(/^\/dev\/r?/, '');
}

/** By BSD name; empty where ioreg cannot be asked. */
export const darwinFacts = rememberedFacts(async () =>
  usbFacts((await outputOf('/usr/sbin/ioreg', ['-a', '-r', '-l', '-c', 'IOUSBHostDevice'])) ?? ''),
);

/** The whole disks below each USB device in `ioreg -a -r -l -c IOUSBHostDevice`: the nearest device above a disk is its own, those above are hubs. */
export function usbFacts(plist: string): Map<string, DeviceFacts> {
  const found = new Map<string, DeviceFacts>();
  const visit = (value: PlistValue, above: DeviceFacts | null) => {
    if (Array.isArray(value)) for (const each of value) visit(each, above);
    if (!isDictionary(value)) return;
    const nearest = 'idVendor' in value && 'idProduct' in value ? factsOf(value) : above;
    const name = value['BSD Name'];
    if (typeof name === 'string' && value.Whole === true && nearest !== null) found.set(name, nearest);
    visit(value.IORegistryEntryChildren ?? [], nearest);
  };
  visit(parsePlist(plist) ?? [], null);
  return found;
}

function factsOf(device: PlistDictionary): DeviceFacts {
  const text = (...keys: string[]) => {
    const value = keys.map((key) => device[key]).find((each) => typeof each === 'string');
    return printable(String(value ?? '')) || null;
  };
  const { UsbLinkSpeed: bitsPerSecond, 'Device Speed': speed, locationID: place } = device;
  return {
    vendor: text('USB Vendor Name', 'kUSBVendorString'),
    model: text('USB Product Name', 'kUSBProductString'),
    serial: text('USB Serial Number', 'kUSBSerialNumberString'),
    speedMbitPerSecond:
      typeof bitsPerSecond === 'number'
        ? bitsPerSecond / MBIT
        : (SPEEDS[typeof speed === 'number' ? speed : -1] ?? null),
    reader: typeof place === 'number' ? `${place}` : null,
  };
}
