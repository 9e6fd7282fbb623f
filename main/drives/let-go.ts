/** Has the host let go of a drive by UDisks2: unlocked encryption is unmounted and locked, then every partition is unmounted. */

import { texts } from '../texts.ts';
import { type Holder, holdersOf } from './holders.ts';
import { hostMountsOf, unlockedOn } from './host-mounts.ts';
import { deviceNameOf, partitionNodes } from './sysfs.ts';
import { BusError } from './system-bus.ts';
import type { UDisks } from './udisks.ts';

/** What the host has of a drive, as nodes. A node that is mounted twice stands here twice: each call unmounts one. */
export interface HostHold {
  /** Mounts of unlocked encryption and what else is built on the drive. */
  builtMounts: string[];
  /** Encrypted devices that are unlocked, the inner ones first. */
  unlocked: string[];
  /** Mounts of the drive and its partitions. */
  mounts: string[];
}

export function hostHoldOf(devicePath: string): HostHold {
  const own = new Set([devicePath, ...partitionNodes(devicePath)]);
  const deviceName = deviceNameOf(devicePath);
  const sources = hostMountsOf(deviceName)
    .map(({ source }) => source)
    .filter((source) => source.startsWith('/dev/'));
  return {
    builtMounts: sources.filter((source) => !own.has(source)),
    unlocked: unlockedOn(deviceName).map(({ encrypted }) => encrypted),
    mounts: sources.filter((source) => own.has(source)),
  };
}

export function isHeld({ builtMounts, unlocked, mounts }: HostHold): boolean {
  return builtMounts.length + unlocked.length + mounts.length > 0;
}

/** The host has not let go: of which part, and what the bus said. */
export class LetGoError extends Error {
  readonly part: 'mount' | 'encryption';

  constructor(part: LetGoError['part'], message: string) {
    super(message);
    this.name = 'LetGoError';
    this.part = part;
  }
}

/** Throws LetGoError. */
export async function letGoOf(hold: HostHold, udisks: Pick<UDisks, 'unmount' | 'lock'>): Promise<void> {
  for (const node of hold.builtMounts) await told('mount', udisks.unmount(node));
  for (const node of hold.unlocked) await told('encryption', udisks.lock(node));
  for (const node of hold.mounts) await told('mount', udisks.unmount(node));
}

async function told(part: LetGoError['part'], done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    throw new LetGoError(part, error.message);
  }
}

/** 'vlc (process 4711) uses it', from what /proc shows this user: of the drive, its partitions, its unlocked encryption, and where they are mounted. */
export function whoHolds(devicePath: string): string {
  const deviceName = deviceNameOf(devicePath);
  const mounts = hostMountsOf(deviceName).map(({ path }) => path);
  const cleartext = unlockedOn(deviceName).map((container) => container.cleartext);
  return usedBy(holdersOf([devicePath, ...partitionNodes(devicePath), ...cleartext, ...mounts]));
}

export function usedBy(holders: readonly Holder[]): string {
  const words = texts().drives.letGo;
  if (holders.length === 0) return words.usedBySomebody;
  return words.usedBy(holders.map(({ name, pid }) => words.holder(name, pid)).join(', '));
}
