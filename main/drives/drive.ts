/** A drive as the host knows it, before anything of it is read. */

export interface Drive {
  /** Stable while the medium is in: another medium in the same place has another one. */
  id: string;
  /** '/dev/sdb', '/dev/rdisk4', '\\.\PhysicalDrive2': what is opened. */
  devicePath: string;
  /** For people: vendor and model, or what stands for them. */
  name: string;
  /** As the device says them of itself, made printable; null where it says nothing or the host does not tell. */
  vendor: string | null;
  model: string | null;
  /** Of the device: of a card reader's, not its card's. Some makers give every stick the same one. */
  serial: string | null;
  /** null without a medium, or where the host does not say. */
  sizeBytes: number | null;
  /** Bytes of a logical sector; null where the host does not say. */
  sectorSize: number | null;
  /** 'USB', 'SD', 'NVMe' …; null if unknown. */
  bus: string | null;
  /** What the USB port and the device agreed on: 1.5, 12, 480, 5000, 10000, 20000. null on other buses, and where it is not known. */
  speedMbitPerSecond: number | null;
  removable: boolean;
  /** false: a card reader's empty slot, an optical drive without a disc. There is nothing to open then, and nothing is broken. */
  hasMedium: boolean;
  /** The host runs from it. */
  system: boolean;
  /** Where the host's own kernel has it mounted. */
  hostMounts: string[];
  /** By which of its drivers: 'vfat', 'fuseblk'; empty where it is not mounted or the host does not tell. */
  hostDrivers: string[];
  /** `id` of the other drives in the same device, with a medium or without: the other slots of a card reader. */
  siblings: string[];
}

/** The drives that are there, and word of changes. */
export interface DriveList {
  current(): readonly Drive[];
  /** Looks again now. */
  refresh(): Promise<readonly Drive[]>;
  onChange(listener: () => void): void;
  close(): void;
}

/** What came of an eject. */
export interface EjectOutcome {
  /** Whether the medium may be pulled out. */
  safe: boolean;
  /** For people. */
  sentence: string;
  detail: string | null;
}
