/** An emulated card reader: one USB mass storage device with a removable SCSI disk for each slot (a logical unit), into which cards are put. */

import { deleteDevice, type Monitor } from './qmp.ts';

export interface ReaderDescription {
  name: string;
  slots: number;
  /** Image files by the cards' names. */
  cards: Record<string, string>;
}

export class CardReader {
  private readonly description: ReaderDescription;
  private readonly monitor: Monitor;
  private plugged = false;

  constructor(description: ReaderDescription, monitor: Monitor) {
    this.description = description;
    this.monitor = monitor;
  }

  /** Every slot is empty at first. */
  async plug(): Promise<void> {
    const { name, slots } = this.description;
    // QEMU 7.2 answers "request sense" of any logical unit but the first wrongly, and so hides from bulk-only transport that a slot is empty. UAS does not ask.
    const driver = slots === 1 ? 'usb-bot' : 'usb-uas';
    if (this.plugged) throw new Error(`${name} is plugged in`);
    await this.monitor.command('device_add', { driver, id: name, bus: 'usb.0', serial: `AIRLOCK-${name}` });
    for (let slot = 0; slot < slots; slot += 1) {
      const drive = `${name}-drive${slot}`;
      // Only a drive of the old kind can be without a medium under a disk that is no optical one; it goes with its device.
      await this.monitor.command('human-monitor-command', { 'command-line': `drive_add 0 if=none,id=${drive}` });
      await this.monitor.command('device_add', {
        driver: 'scsi-hd',
        id: this.slotId(slot),
        bus: `${name}.0`,
        lun: slot,
        drive,
        removable: true,
        vendor: 'Airlock',
        product: `Reader slot ${slot}`,
      });
    }
    await this.attach(true);
    this.plugged = true;
  }

  async yank(): Promise<void> {
    const { name } = this.description;
    if (!this.plugged) throw new Error(`${name} is not plugged in`);
    this.plugged = false;
    // As with sticks that speak UAS (stick.ts).
    if (this.description.slots > 1) await this.attach(false);
    await deleteDevice(this.monitor, name);
  }

  private async attach(value: boolean): Promise<void> {
    const path = `/machine/peripheral/${this.description.name}`;
    await this.monitor.command('qom-set', { path, property: 'attached', value });
  }

  async reset(): Promise<void> {
    if (this.plugged) await this.yank();
  }

  /** In place of what is in the slot. */
  async insert(slot: number, card: string): Promise<void> {
    const filename = this.description.cards[card];
    if (filename === undefined) throw new Error(`there is no card ${card}`);
    await this.monitor.command('blockdev-change-medium', {
      id: this.slotId(slot),
      filename,
      format: 'raw',
      force: true,
    });
  }

  async remove(slot: number): Promise<void> {
    await this.monitor.command('eject', { id: this.slotId(slot), force: true });
  }

  private slotId(slot: number): string {
    return `${this.description.name}-slot${slot}`;
  }
}
