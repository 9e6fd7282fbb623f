/** Method calls on the system bus by sd-bus (sd-bus(3)) through koffi, on a thread of koffi's, so that nothing waits for them here. */

import { createRequire } from 'node:module';

type NativeFunction = ((...args: unknown[]) => number) & {
  async(...args: [...unknown[], (error: Error | null, result: number) => void]): void;
};

/** What is used of koffi. Pointers are passed as numbers of a pointer's size, and received in buffers of 8 bytes. */
interface Koffi {
  load(path: string | null): { func(definition: string): NativeFunction };
  decode(buffer: ArrayBufferView, type: string): unknown;
}

const LIBRARY = 'libsystemd.so.0';
const SECOND_US = 1_000_000n;
/** Unmounting a stick waits until it has taken what was written to it. */
const CALL_TIMEOUT_US = 300n * SECOND_US;
/** struct sd_bus_error, sd_bus_error(3). */
const ERROR_BYTES = 24;

/** A call was refused or failed; `errorName` as the bus gives it, '' where the bus itself did not work. */
export class BusError extends Error {
  readonly errorName: string;

  constructor(errorName: string, message: string) {
    super(message || errorName);
    this.name = 'BusError';
    this.errorName = errorName;
  }
}

/** A basic type's letter in a signature: boolean, string, object path. */
export type BasicType = 'b' | 's' | 'o';

export class SystemBus {
  private readonly koffi: Koffi;
  private readonly functions = new Map<string, NativeFunction>();
  private readonly library: { func(definition: string): NativeFunction };
  private readonly bus: bigint;
  /** sd-bus may be used by one thread at a time. */
  private last: Promise<unknown> = Promise.resolve();

  /** Throws BusError where there is no system bus, or no library for it. */
  constructor() {
    try {
      this.koffi = createRequire(import.meta.url)('koffi');
      this.library = this.koffi.load(LIBRARY);
    } catch (error) {
      throw new BusError('', error instanceof Error ? error.message : String(error));
    }
    const bus = new BigUint64Array(1);
    const result = this.native('int sd_bus_open_system(void *bus)')(bus);
    if (result < 0) throw new BusError('', `no system bus (error ${-result})`);
    this.bus = bus[0];
  }

  /** After the calls that are under way. */
  async close(): Promise<void> {
    await this.last.catch(() => {});
    this.native('uintptr_t sd_bus_flush_close_unref(uintptr_t bus)')(this.bus);
  }

  /** A property of a basic type. Throws BusError. */
  property(
    service: string,
    path: string,
    interfaceName: string,
    name: string,
    type: BasicType,
  ): Promise<string | boolean> {
    const place = [service, path, 'org.freedesktop.DBus.Properties', 'Get'] as const;
    return this.call(
      place,
      (message) => {
        this.appendString(message, interfaceName);
        this.appendString(message, name);
      },
      (reply) => {
        this.done(
          this.native('int sd_bus_message_enter_container(uintptr_t message, char type, const char *contents)')(
            reply,
            letter('v'),
            type,
          ),
        );
        return this.readBasic(reply, type);
      },
    );
  }

  /** A method whose only argument are options, of which none is given: (in a{sv}). Throws BusError. */
  command(service: string, path: string, interfaceName: string, name: string): Promise<void> {
    return this.call(
      [service, path, interfaceName, name],
      (message) => this.appendNoOptions(message),
      () => undefined,
    );
  }

  /** A method that takes a word and options, and gives a descriptor: (in s, in a{sv}, out h). It is the caller's to close. Throws BusError. */
  descriptor(service: string, path: string, interfaceName: string, name: string, word: string): Promise<number> {
    const append = (message: bigint) => {
      this.appendString(message, word);
      this.appendNoOptions(message);
    };
    return this.call([service, path, interfaceName, name], append, (reply) => {
      const received = new Int32Array(1);
      this.done(
        this.native('int sd_bus_message_read_basic(uintptr_t message, char type, void *value)')(
          reply,
          letter('h'),
          received,
        ),
      );
      // The message closes its own with itself.
      const fd = this.koffi.load(null).func('int dup(int fd)')(received[0]);
      if (fd < 0) throw new BusError('', 'the descriptor cannot be kept');
      return fd;
    });
  }

  private call<Answer>(
    place: readonly [service: string, path: string, interfaceName: string, member: string],
    append: (message: bigint) => void,
    read: (reply: bigint) => Answer,
  ): Promise<Answer> {
    const mine = this.last.catch(() => {}).then(() => this.callNow(place, append, read));
    this.last = mine;
    return mine;
  }

  private async callNow<Answer>(
    place: readonly string[],
    append: (message: bigint) => void,
    read: (reply: bigint) => Answer,
  ): Promise<Answer> {
    const create = this.native(
      'int sd_bus_message_new_method_call(uintptr_t bus, void *message, const char *service, const char *path, const char *interface, const char *member)',
    );
    const message = new BigUint64Array(1);
    const reply = new BigUint64Array(1);
    const failure = new BigUint64Array(ERROR_BYTES / 8);
    this.done(create(this.bus, message, ...place));
    try {
      append(message[0]);
      const result = await this.send(message[0], failure, reply);
      if (result < 0) throw new BusError(this.text(failure, 0), this.text(failure, 1) || `error ${-result}`);
      return read(reply[0]);
    } finally {
      this.native('void sd_bus_error_free(void *error)')(failure);
      for (const [each] of [message, reply])
        if (each !== 0n) this.native('uintptr_t sd_bus_message_unref(uintptr_t message)')(each);
    }
  }

  private send(message: bigint, failure: BigUint64Array, reply: BigUint64Array): Promise<number> {
    const call = this.native(
      'int sd_bus_call(uintptr_t bus, uintptr_t message, uint64_t microseconds, void *error, void *reply)',
    );
    return new Promise((resolve, reject) => {
      call.async(this.bus, message, CALL_TIMEOUT_US, failure, reply, (error, result) => {
        if (error) reject(error);
        else resolve(result);
      });
    });
  }

  private appendNoOptions(message: bigint): void {
    this.done(
      this.native('int sd_bus_message_open_container(uintptr_t message, char type, const char *contents)')(
        message,
        letter('a'),
        '{sv}',
      ),
    );
    this.done(this.native('int sd_bus_message_close_container(uintptr_t message)')(message));
  }

  private appendString(message: bigint, value: string): void {
    this.done(
      this.native('int sd_bus_message_append_basic(uintptr_t message, char type, const char *value)')(
        message,
        letter('s'),
        value,
      ),
    );
  }

  private readBasic(reply: bigint, type: BasicType): string | boolean {
    const value = new BigUint64Array(1);
    this.done(
      this.native('int sd_bus_message_read_basic(uintptr_t message, char type, void *value)')(
        reply,
        letter(type),
        value,
      ),
    );
    // A boolean is an int, which fills the lower half.
    return type === 'b' ? (value[0] & 0xffffffffn) !== 0n : this.text(value, 0);
  }

  private text(pointers: BigUint64Array, field: number): string {
    if (pointers[field] === 0n) return '';
    return String(this.koffi.decode(pointers.subarray(field, field + 1), 'str'));
  }

  private done(result: number): void {
    if (result < 0) throw new BusError('', `sd-bus: error ${-result}`);
  }

  private native(definition: string): NativeFunction {
    const known = this.functions.get(definition) ?? this.library.func(definition);
    this.functions.set(definition, known);
    return known;
  }
}

const letter = (type: string) => type.charCodeAt(0);
