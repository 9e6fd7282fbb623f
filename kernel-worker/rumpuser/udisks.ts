/**
 * Receives a read-only descriptor of a block device from UDisks2 (org.freedesktop.UDisks2.Block.OpenDevice), over sd-bus (sd-bus(3)) called through
 * koffi: Node cannot take descriptors out of a message. The service asks polkit whether this process may, which may ask the user for a password.
 */

import { closeSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { HypercallError } from './rumpuser.ts';

type NativeFunction = (...args: unknown[]) => number;

/** What is used of koffi. Pointers are passed as numbers of a pointer's size, and received in buffers of 8 bytes. */
interface Koffi {
  load(path: string | null): { func(definition: string): NativeFunction };
  decode(buffer: ArrayBufferView, type: string): unknown;
}

/** sd_bus_call(3): as long as the user takes to type a password. The default of 25 s would end the call meanwhile. */
const NO_TIMEOUT = 0xffffffffffffffffn;

const LIBRARY = 'libsystemd.so.0';
const SERVICE = 'org.freedesktop.UDisks2';

/** struct sd_bus_error: name, message, and whether they are to be freed; sd_bus_error(3). */
const ERROR_BYTES = 24;

/** Throws HypercallError: EPERM where the user said no, EACCES where nobody could be asked or the policy refuses, ENOENT, EBUSY, ENOSYS, EIO. */
export function openThroughUDisks(objectPath: string, exclusive: boolean): number {
  const koffi = loadKoffi();
  const bus = new SystemBus(koffi);
  try {
    return bus.openDevice(objectPath, exclusive);
  } finally {
    bus.close();
  }
}

function loadKoffi(): Koffi {
  return createRequire(import.meta.url)('koffi');
}

class SystemBus {
  private readonly koffi: Koffi;
  private readonly sd: (definition: string) => NativeFunction;
  private readonly dup: NativeFunction;
  private readonly bus: bigint;

  constructor(koffi: Koffi) {
    this.koffi = koffi;
    try {
      const library = koffi.load(LIBRARY);
      this.sd = (definition) => library.func(definition);
      this.dup = koffi.load(null).func('int dup(int fd)');
    } catch {
      throw new HypercallError('ENOSYS', `UDisks cannot be asked: ${LIBRARY} is not on this computer`);
    }
    const bus = new BigUint64Array(1);
    const result = this.sd('int sd_bus_open_system(void *bus)')(bus);
    if (result < 0) throw new HypercallError('ENOSYS', `UDisks cannot be asked: no system bus (${-result})`);
    this.bus = bus[0];
  }

  close(): void {
    this.sd('uintptr_t sd_bus_flush_close_unref(uintptr_t bus)')(this.bus);
  }

  openDevice(objectPath: string, exclusive: boolean): number {
    const call = this.newCall(objectPath);
    const failure = new BigUint64Array(ERROR_BYTES / 8);
    const reply = new BigUint64Array(1);
    try {
      this.append(call, exclusive);
      const send = this.sd(
        'int sd_bus_call(uintptr_t bus, uintptr_t message, uint64_t microseconds, void *error, void *reply)',
      );
      const result = send(this.bus, call, NO_TIMEOUT, failure, reply);
      if (result < 0) throw refusal(this.text(failure, 0), this.text(failure, 1), -result);
      return this.descriptorIn(reply[0]);
    } finally {
      this.sd('void sd_bus_error_free(void *error)')(failure);
      this.unref(call);
      if (reply[0] !== 0n) this.unref(reply[0]);
    }
  }

  private newCall(objectPath: string): bigint {
    const create = this.sd(
      'int sd_bus_message_new_method_call(uintptr_t bus, void *message, const char *service, const char *path, const char *interface, const char *member)',
    );
    const message = new BigUint64Array(1);
    const made = create(this.bus, message, SERVICE, objectPath, `${SERVICE}.Block`, 'OpenDevice');
    if (made < 0) throw new HypercallError('EIO', `UDisks cannot be asked for ${objectPath} (${-made})`);
    return message[0];
  }

  /** OpenDevice(in s mode, in a{sv} options): `flags` are more flags of open(2). */
  private append(message: bigint, exclusive: boolean): void {
    const string = this.sd('int sd_bus_message_append_basic(uintptr_t message, char type, const char *value)');
    const number = this.sd('int sd_bus_message_append_basic(uintptr_t message, char type, void *value)');
    const open = this.sd('int sd_bus_message_open_container(uintptr_t message, char type, const char *contents)');
    const close = this.sd('int sd_bus_message_close_container(uintptr_t message)');
    const type = (letter: string) => letter.charCodeAt(0);
    const steps: Array<() => number> = [() => string(message, type('s'), 'r'), () => open(message, type('a'), '{sv}')];
    if (exclusive) {
      steps.push(
        () => open(message, type('e'), 'sv'),
        () => string(message, type('s'), 'flags'),
        () => open(message, type('v'), 'i'),
        () => number(message, type('i'), new Int32Array([constants.O_EXCL])),
        () => close(message),
        () => close(message),
      );
    }
    steps.push(() => close(message));
    for (const step of steps) {
      const result = step();
      if (result < 0) throw new HypercallError('EIO', `a message to UDisks cannot be put together (${-result})`);
    }
  }

  /** The message owns the descriptor in it, and closes it with itself. */
  private descriptorIn(message: bigint): number {
    const read = this.sd('int sd_bus_message_read_basic(uintptr_t message, char type, void *value)');
    const received = new Int32Array(1);
    const result = read(message, 'h'.charCodeAt(0), received);
    const fd = result > 0 ? this.dup(received[0]) : -1;
    if (fd < 0) throw new HypercallError('EIO', 'UDisks answered without a descriptor');
    // Numbers 0 to 2 are standard streams to everybody; a process that was started without them must not take the medium for one.
    if (fd <= 2) {
      closeSync(fd);
      throw new HypercallError('EIO', 'the standard streams are closed');
    }
    return fd;
  }

  private text(error: BigUint64Array, field: number): string {
    if (error[field] === 0n) return '';
    return String(this.koffi.decode(error.subarray(field, field + 1), 'str'));
  }

  private unref(message: bigint): void {
    this.sd('uintptr_t sd_bus_message_unref(uintptr_t message)')(message);
  }
}

const PREFIX = 'org.freedesktop.UDisks2.Error.';

/** What an error of the bus (`name`, as UDisks2's and D-Bus' references list them) means for whoever wants to read a stick. */
export function refusal(name: string, message: string, errno: number): HypercallError {
  switch (name) {
    case `${PREFIX}NotAuthorizedDismissed`:
      return new HypercallError('EPERM', 'the question for the password was dismissed');
    case `${PREFIX}NotAuthorizedCanObtain`:
      return new HypercallError('EACCES', 'UDisks wants a password, and no polkit agent runs that could ask for it');
    case `${PREFIX}NotAuthorized`:
      return new HypercallError('EACCES', 'UDisks refused: not authorized');
    case `${PREFIX}DeviceBusy`:
      return new HypercallError('EBUSY', `the device is in use (${message})`);
    case 'org.freedesktop.DBus.Error.ServiceUnknown':
    case 'org.freedesktop.DBus.Error.NameHasNoOwner':
      return new HypercallError('ENOSYS', 'UDisks does not run on this computer');
    case 'org.freedesktop.DBus.Error.UnknownObject':
      return new HypercallError('ENOENT', 'UDisks does not know this device');
    case 'org.freedesktop.DBus.Error.UnknownMethod':
      // An object that is not there answers so too, with a path that no object has.
      return /object/i.test(message)
        ? new HypercallError('ENOENT', 'UDisks does not know this device')
        : new HypercallError('ENOSYS', 'this UDisks is older than 2.7.3 and opens no devices');
    default:
      if (/busy/i.test(message)) return new HypercallError('EBUSY', `the device is in use (${message})`);
      return new HypercallError('EIO', `UDisks could not open it: ${message || name || `error ${errno}`}`);
  }
}
