/** The guest as a machine: QEMU with an xHCI controller, this computer's root as a share, and one line to the scenarios that run inside. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { INITRAMFS, inRun, KERNEL, LAYER } from './cache.ts';
import type { Counts, FromGuest, Order, ToGuest } from './line.ts';
import { connected, Monitor } from './qmp.ts';
import { CardReader, type ReaderDescription } from './reader.ts';
import { Stick, type StickDescription } from './stick.ts';

export interface MachineOptions {
  sticks: StickDescription[];
  readers: ReaderDescription[];
  /** The folder that the guest sees as /airlock. */
  project: string;
  scenarios: string;
  bootTimeoutMs: number;
  timeoutMs: number;
  /** A line for people from the guest. */
  say(line: string): void;
}

export interface Outcome {
  counts: Counts;
  /** Scenarios that did not come to their end; null: the guest did not come up, so that it is not known. */
  left: number | null;
  /** What kept them: the guest, not the project. */
  problem: string | null;
}

const MEMORY_MIB = 2048;
const QUIET = 'console=ttyS0 quiet loglevel=3 panic=-1';
/** Under emulation, every check that can be left out saves seconds. */
const EASY = 'mitigations=off nokaslr nowatchdog audit=0 apparmor=0 no_timer_check random.trust_cpu=on';

/** Boots, carries out the guest's orders, and gives its counts as far as it came. */
export async function runGuest(options: MachineOptions): Promise<Outcome> {
  const sockets = { monitor: inRun('monitor.sock'), line: inRun('line.sock') };
  for (const path of Object.values(sockets)) rmSync(path, { force: true });
  const console = inRun('console.log');
  const machine = spawn('qemu-system-x86_64', machineArguments(options, sockets, console), { stdio: 'inherit' });
  const endWithUs = () => machine.kill('SIGKILL');
  process.once('exit', endWithUs);
  const outcome: Outcome = { counts: { passed: 0, failed: 0, skipped: 0 }, left: null, problem: null };
  try {
    await inTime(
      serve(options, sockets, machine, outcome),
      options.timeoutMs,
      'the scenarios did not come to their end',
    );
  } catch (error) {
    const text = existsSync(console) ? readFileSync(console, 'utf8').slice(-6000) : '';
    outcome.problem = `${error instanceof Error ? error.message : error}\nthe guest's console ends with:\n${text}`;
  } finally {
    machine.kill('SIGKILL');
    process.off('exit', endWithUs);
  }
  return outcome;
}

function machineArguments(
  { project, scenarios }: MachineOptions,
  sockets: Record<string, string>,
  log: string,
): string[] {
  const share = (tag: string, path: string) => [
    '-virtfs',
    `local,path=${path},mount_tag=${tag},security_model=none,readonly=on,multidevs=remap`,
  ];
  const words = `airlock.node=${process.execPath} airlock.scenarios=${scenarios} airlock.project=${project}`;
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-machine', 'q35,vmport=off,sata=off,smbus=off', '-cpu', 'max', '-smp', '1', '-m', String(MEMORY_MIB)],
    ...['-accel', 'tcg,thread=multi,tb-size=512'],
    ...['-kernel', KERNEL, '-initrd', INITRAMFS, '-append', `${QUIET} ${EASY} ${words}`],
    ...['-serial', `file:${log}`, '-qmp', `unix:${sockets.monitor},server=on,wait=off`],
    ...share('below', '/'),
    ...share('layer', LAYER),
    ...['-device', 'virtio-rng-pci', '-device', 'qemu-xhci,id=usb,p2=8,p3=8', '-device', 'virtio-serial-pci'],
    ...['-chardev', `socket,id=line,path=${sockets.line},server=on,wait=off`],
    ...['-device', 'virtserialport,chardev=line,name=airlock.line'],
  ];
}

/** Writes what the guest tells into `outcome`; resolves when no scenario is left. */
async function serve(
  options: MachineOptions,
  sockets: Record<string, string>,
  machine: ChildProcess,
  outcome: Outcome,
): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    machine.once('error', reject);
    machine.once('exit', (code, signal) => reject(new Error(`the guest has ended (${signal ?? code})`)));
  });
  // It is killed when all is done, and nobody waits any more.
  ended.catch(() => {});
  const monitor = await Promise.race([Monitor.connect(sockets.monitor), ended]);
  const sticks = new Map(options.sticks.map((each) => [each.name, new Stick(each, monitor)]));
  for (const stick of sticks.values()) await stick.make();
  const readers = new Map(options.readers.map((each) => [each.name, new CardReader(each, monitor)]));
  const line = await connected(sockets.line);
  let isUp = () => {};
  const up = new Promise<void>((resolve) => {
    isUp = resolve;
  });
  const done = new Promise<void>((resolve) => {
    // Where it breaks, the guest has ended, which is told by itself.
    const lines = createInterface({ input: line }).on('error', () => {});
    lines.on('line', async (text) => {
      const message = JSON.parse(text) as FromGuest;
      if ('say' in message) options.say(message.say);
      else if ('counts' in message) {
        outcome.counts = message.counts;
        outcome.left = message.left;
        isUp();
        if (message.left === 0) resolve();
      } else line.write(`${JSON.stringify(await answer(sticks, readers, message))}\n`);
    });
  });
  await inTime(Promise.race([up, ended]), options.bootTimeoutMs, 'the guest did not come up');
  await Promise.race([done, ended]);
}

async function answer(
  sticks: Map<string, Stick>,
  readers: Map<string, CardReader>,
  { id, order }: { id: number; order: Order },
): Promise<ToGuest> {
  try {
    if (order.do === 'reset') {
      for (const each of [...sticks.values(), ...readers.values()]) await each.reset();
      return { id, problem: null };
    }
    const stick = sticks.get(order.stick);
    const reader = readers.get(order.stick);
    if (order.do === 'plug') await (stick ?? reader)?.plug();
    else if (order.do === 'yank') await (stick ?? reader)?.yank();
    else if (order.do === 'slow') await stick?.slow(order.bytesPerSecond);
    else if (order.do === 'break') await stick?.breakSectors(order.sectors);
    else if (order.do === 'insert') await reader?.insert(order.slot, order.card);
    else if (order.do === 'remove') await reader?.remove(order.slot);
    if (stick === undefined && reader === undefined) throw new Error(`there is no ${order.stick}`);
    return { id, problem: null };
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : String(error) };
  }
}

function inTime<Value>(work: Promise<Value>, timeoutMs: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
