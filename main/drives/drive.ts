/** A drive as the host knows it, before anything of it is read. */

export interface Drive {
  /** Stable while the medium is in: another medium in the same place has another one. */
  id: string;
  /** '/dev/sdb', '/dev/rdisk4', '\\.\PhysicalDrive2': what is opened. */
  devicePath: string;
  /** For people: vendor and model, or what stands for them. */
  name: string;
  sizeBytes: number | null;
  /** Bytes of a logical sector; null where the host does not say. */
  sectorSize: number | null;
  /** 'USB', 'SD', 'NVMe' …; null if unknown. */
  bus: string | null;
  removable: boolean;
  /** The host runs from it. */
  system: boolean;
  /** Where the host's own kernel has it mounted. */
  hostMounts: string[];
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
