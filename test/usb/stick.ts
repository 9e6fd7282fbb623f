/** An emulated stick: a SCSI disk on USB mass storage, over a throttle, over (when sectors are broken) an error injector, over an image file. */

import { deleteDevice, type Monitor } from './qmp.ts';

export interface StickDescription {
  name: string;
  image: string;
  vendor?: string;
  product?: string;
  serial?: string;
  /** USB mass storage's bulk-only transport, or UAS. */
  protocol?: 'bot' | 'uas';
}

/** After a removal the guest's last request can still be under way for a moment. */
const DROP_TIMEOUT_MS = 20_000;
const DROP_AGAIN_MS = 20;
const EIO = 5;

export class Stick {
  readonly description: StickDescription;
  private readonly monitor: Monitor;
  /** Block nodes, the uppermost first. */
  private nodes: string[] = [];
  private broken: number[] = [];
  private generation = 0;
  private plugged = false;

  constructor(description: StickDescription, monitor: Monitor) {
    this.description = description;
    this.monitor = monitor;
  }

  async make(): Promise<void> {
    await this.monitor.command('object-add', { 'qom-type': 'throttle-group', id: this.group, limits: {} });
  }

  /** Bytes per second, both ways together; 0: as fast as it goes. */
  async slow(bytesPerSecond: number): Promise<void> {
    const value = { 'bps-total': bytesPerSecond };
    await this.monitor.command('qom-set', { path: `/objects/${this.group}`, property: 'limits', value });
  }

  /** These sectors of 512 bytes answer with EIO from now on. */
  async breakSectors(sectors: number[]): Promise<void> {
    this.broken = sectors;
    if (this.plugged) await this.monitor.command('blockdev-reopen', { options: [this.throttle(await this.lower())] });
  }

  /** Pulled out, whole and fast. */
  async reset(): Promise<void> {
    if (this.plugged) await this.yank();
    this.broken = [];
    await this.slow(0);
  }

  async plug(): Promise<void> {
    const { name, image, vendor, product, serial } = this.description;
    if (this.plugged) throw new Error(`${name} is plugged in`);
    await this.dropNodes();
    await this.addNode({ driver: 'file', filename: image, 'node-name': `${name}-file` });
    await this.addNode({ driver: 'raw', file: `${name}-file`, 'node-name': `${name}-raw` });
    await this.addNode(this.throttle(await this.lower()));
    const number = serial ?? `AIRLOCK-${name}`;
    const driver = this.description.protocol === 'uas' ? 'usb-uas' : 'usb-bot';
    await this.monitor.command('device_add', { driver, id: name, bus: 'usb.0', serial: number });
    await this.monitor.command('device_add', {
      driver: 'scsi-hd',
      id: `${name}-disk`,
      bus: `${name}.0`,
      drive: `${name}-throttle`,
      removable: true,
      vendor: vendor ?? 'Airlock',
      product: product ?? 'Test stick',
      serial: number,
    });
    // The bridge starts detached, so that the guest does not see it before its disk is there.
    await this.attach(true);
    this.plugged = true;
  }

  async yank(): Promise<void> {
    const { name, protocol } = this.description;
    if (!this.plugged) throw new Error(`${name} is not plugged in`);
    this.plugged = false;
    // QEMU 7.2 aborts where a UAS device with requests under way is deleted before it is off its port.
    if (protocol === 'uas') await this.attach(false);
    await deleteDevice(this.monitor, name);
  }

  private async attach(value: boolean): Promise<void> {
    const path = `/machine/peripheral/${this.description.name}`;
    await this.monitor.command('qom-set', { path, property: 'attached', value });
  }

  private get group(): string {
    return `${this.description.name}-speed`;
  }

  private throttle(file: string): Record<string, unknown> {
    return { driver: 'throttle', 'node-name': `${this.description.name}-throttle`, 'throttle-group': this.group, file };
  }

  /** What lies below the throttle. */
  private async lower(): Promise<string> {
    const { name } = this.description;
    if (this.broken.length === 0) return `${name}-raw`;
    this.generation += 1;
    const node = `${name}-broken${this.generation}`;
    const errors = this.broken.map((sector) => ({ event: 'none', iotype: 'read', errno: EIO, sector, once: false }));
    await this.addNode({ driver: 'blkdebug', 'node-name': node, image: `${name}-raw`, 'inject-error': errors });
    return node;
  }

  private async addNode(options: Record<string, unknown>): Promise<void> {
    await this.monitor.command('blockdev-add', options);
    this.nodes.unshift(String(options['node-name']));
  }

  /** Of the last time it was plugged in. */
  private async dropNodes(): Promise<void> {
    const end = Date.now() + DROP_TIMEOUT_MS;
    for (const node of this.nodes) {
      for (;;) {
        const problem = await this.monitor.command('blockdev-del', { 'node-name': node }).then(
          () => null,
          (error: Error) => error,
        );
        if (problem === null) break;
        if (Date.now() > end) throw problem;
        await new Promise((resolve) => setTimeout(resolve, DROP_AGAIN_MS));
      }
    }
    this.nodes = [];
  }
}
