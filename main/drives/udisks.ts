/** What UDisks2 does with a drive for us: unmounting, locking, ejecting, switching off (UDisks2's reference: Block, Filesystem, Encrypted, Drive). */

import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { BusError, SystemBus } from './system-bus.ts';

const SERVICE = 'org.freedesktop.UDisks2';

export interface DriveTraits {
  /** Its path on the bus. */
  path: string;
  canPowerOff: boolean;
  /** The medium can be taken out of it: a card out of its reader. */
  ejectable: boolean;
  /** Equal for drives in one device, such as the slots of a card reader; '' if there are none. */
  siblings: string;
}

export interface UDisks {
  traits(devicePath: string): Promise<DriveTraits>;
  /** A descriptor for reading, which is the caller's to close. The user may be asked for a password. */
  openForReading(devicePath: string): Promise<number>;
  unmount(devicePath: string): Promise<void>;
  /** Locks encryption again; `devicePath` is the encrypted device, not the unlocked one. */
  lock(devicePath: string): Promise<void>;
  eject(drive: DriveTraits): Promise<void>;
  powerOff(drive: DriveTraits): Promise<void>;
  close(): Promise<void>;
}

/** UDisks2's name for a block device: letters and digits stay, everything else is written as _ and two hexadecimal digits. */
export function udisksObjectPath(devicePath: string): string {
  const code = (character: string) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return `/org/freedesktop/UDisks2/block_devices/${basename(devicePath).replace(/[^A-Za-z0-9]/g, code)}`;
}

/** null where UDisks2 cannot be asked: no bus, no service. All methods throw BusError. */
export async function connectToUDisks(): Promise<UDisks | null> {
  try {
    const bus = new SystemBus();
    await bus.property(SERVICE, '/org/freedesktop/UDisks2/Manager', `${SERVICE}.Manager`, 'Version', 's');
    return overBus(bus);
  } catch (error) {
    if (error instanceof BusError) return null;
    throw error;
  }
}

function overBus(bus: SystemBus): UDisks {
  const block = (devicePath: string) => udisksObjectPath(realpathSync(devicePath));
  const ofDrive = (path: string, name: string, type: 'b' | 's') =>
    bus.property(SERVICE, path, `${SERVICE}.Drive`, name, type);
  return {
    async traits(devicePath) {
      const path = String(await bus.property(SERVICE, block(devicePath), `${SERVICE}.Block`, 'Drive', 'o'));
      return {
        path,
        canPowerOff: (await ofDrive(path, 'CanPowerOff', 'b')) === true,
        ejectable: (await ofDrive(path, 'Ejectable', 'b')) === true,
        siblings: String(await ofDrive(path, 'SiblingId', 's')),
      };
    },
    openForReading: (devicePath) => bus.descriptor(SERVICE, block(devicePath), `${SERVICE}.Block`, 'OpenDevice', 'r'),
    unmount: (devicePath) => bus.command(SERVICE, block(devicePath), `${SERVICE}.Filesystem`, 'Unmount'),
    lock: (devicePath) => bus.command(SERVICE, block(devicePath), `${SERVICE}.Encrypted`, 'Lock'),
    eject: (drive) => bus.command(SERVICE, drive.path, `${SERVICE}.Drive`, 'Eject'),
    powerOff: (drive) => bus.command(SERVICE, drive.path, `${SERVICE}.Drive`, 'PowerOff'),
    close: () => bus.close(),
  };
}
