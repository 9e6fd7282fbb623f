/** The rump kernel of one medium: its block device, partition table and mounts, and the system calls on them. */

import type { RegisteredDriver } from '../fs/registry.ts';
import type { BlockHypercalls } from '../rumpuser/rumpuser.ts';
import { openBlockDevice } from './dev/blockdev.ts';
import { BufferCache, type CacheStatistics, DEFAULT_CACHE_BYTES, SMALL_PAGE_BYTES } from './dev/buffercache.ts';
import { type PartitionTable, readPartitionTable } from './dev/partitions.ts';
import { asKernelError, damaged, requestError, unsupported } from './errno.ts';
import { Health } from './health.ts';
import { KernelLog } from './log.ts';
import { Mount } from './vfs/mount.ts';
import type { FsDevice, MountOptions, OptionTable, ProbeResult } from './vfs/vnode.ts';

/** Holds what the probes of one medium and its partitions look at. */
const PROBE_CACHE_BYTES = 1024 * 1024;

export interface KernelOptions {
  drivers: readonly RegisteredDriver[];
  cacheBytes?: number;
  log?: KernelLog;
}

/** Which file system is to be mounted and how. */
export interface MountRequest {
  /** Partition number, or null for the whole medium. */
  partition: number | null;
  /** Driver to use whatever the probes say; null: the best probe's. */
  fstype?: string | null;
  options?: MountOptions;
}

export class Kernel {
  readonly log: KernelLog;
  readonly table: PartitionTable;
  readonly health = new Health();
  private readonly cache: BufferCache;
  /** Probes read a few bytes in many places: small pages, so that opening a slow stick stays quick. */
  private readonly probeCache: BufferCache;
  private readonly drivers: readonly RegisteredDriver[];

  constructor(hypercalls: BlockHypercalls, options: KernelOptions) {
    this.log = options.log ?? new KernelLog();
    this.drivers = options.drivers;
    this.cache = new BufferCache(
      openBlockDevice(hypercalls),
      options.cacheBytes ?? DEFAULT_CACHE_BYTES,
      undefined,
      this.health,
    );
    this.probeCache = new BufferCache(this.cache.device, PROBE_CACHE_BYTES, SMALL_PAGE_BYTES, this.health);
    this.table = readPartitionTable(this.deviceOf(null, this.probeCache));
    for (const notice of this.table.notices) this.log.print(notice);
  }

  get sizeBytes(): number {
    return this.cache.device.sizeBytes;
  }

  get cacheStatistics(): CacheStatistics {
    return this.cache.statistics;
  }

  /** Where a partition starts on the medium, in bytes. EINVAL if there is no such partition. */
  offsetOf(partition: number | null): number {
    return partition === null ? 0 : this.partitionEntry(partition).offsetBytes;
  }

  /** What the drivers' probes say of a partition, best first. EIO and ENXIO are thrown. */
  probe(partition: number | null): ProbeResult[] {
    const device = this.deviceOf(partition, this.probeCache);
    const results: ProbeResult[] = [];
    for (const driver of this.drivers) {
      try {
        const result = driver.probe(device);
        if (result !== null) results.push(result);
      } catch (error) {
        const failure = asKernelError(error);
        if (failure.kind === 'removed') throw failure;
        this.log.print(`${driver.name}: probe: ${failure.message}`);
      }
    }
    return results.sort((a, b) => b.certainty - a.certainty);
  }

  /** Mounts read-only. Throws KernelError with offsets of the whole medium. Asynchronous only because the driver's code is loaded here. */
  async mount(request: MountRequest): Promise<Mount> {
    const driver = this.driverFor(request);
    const loaded = await driver.load();
    try {
      const options = checkedOptions(driver.name, loaded.options, request.options ?? {});
      await loaded.prepare?.(options);
      const log = (message: string) => this.log.print(`${driver.name}: ${message}`);
      const mount = new Mount(loaded.mount({ device: this.deviceOf(request.partition), options, log }));
      log(`mounted ${mount.info.title}${mount.info.label === null ? '' : ` '${mount.info.label}'`}, read-only`);
      for (const notice of mount.info.state.notices) log(notice);
      return mount;
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.byteOffset !== undefined) failure.byteOffset += this.offsetOf(request.partition);
      this.log.print(`${driver.name}: mount failed: ${failure.message}`);
      throw failure;
    }
  }

  /** The device of a partition, or of the whole medium, as drivers get it. */
  deviceOf(partition: number | null, cache: BufferCache = this.cache): FsDevice {
    if (partition === null) return cache.view(0, cache.device.sizeBytes, cache.device.sectorSize);
    const entry = this.partitionEntry(partition);
    const sizeBytes = Math.min(entry.sizeBytes, this.sizeBytes - entry.offsetBytes);
    if (sizeBytes <= 0)
      throw damaged(`partition ${partition} lies behind the end of the medium`, { byteOffset: entry.offsetBytes });
    return cache.view(entry.offsetBytes, sizeBytes, this.table.sectorSize);
  }

  private partitionEntry(partition: number) {
    const entry = this.table.partitions.find((candidate) => candidate.number === partition);
    if (entry === undefined) throw requestError('EINVAL', `there is no partition ${partition} on this medium`);
    return entry;
  }

  private driverFor(request: MountRequest): RegisteredDriver {
    const { fstype } = request;
    if (fstype) {
      const named = this.drivers.find((driver) => driver.name === fstype || driver.aliases.includes(fstype));
      if (named) return named;
      throw requestError(
        'EINVAL',
        `unknown file system ${JSON.stringify(fstype)}; known: ${this.drivers.map((d) => d.name).join(', ')}`,
      );
    }
    const best = this.probe(request.partition)[0];
    const driver = this.drivers.find((candidate) => candidate.name === best?.fs);
    if (driver === undefined) throw unsupported('no file system that Airlock reads was found here');
    return driver;
  }
}

/** EINVAL, naming the option, if the driver has no such option or not with that value. */
function checkedOptions(fs: string, table: OptionTable, options: MountOptions): MountOptions {
  for (const [key, value] of Object.entries(options)) {
    const option = Object.hasOwn(table, key) ? table[key] : undefined;
    if (option === undefined) {
      const known = Object.keys(table).join(', ') || 'none';
      throw requestError('EINVAL', `${fs} has no option ${JSON.stringify(key)}; known: ${known}`);
    }
    if (option.values && !option.values.includes(value)) {
      throw requestError(
        'EINVAL',
        `option ${key} of ${fs} takes ${option.values.join(', ')}, not ${JSON.stringify(value)}`,
      );
    }
  }
  return options;
}
