/**
 * Receives a read-only descriptor of a device from macOS' authopen(1), which asks for an administrator's password and sends what it opened over its standard
 * output, a socket (recvmsg(2), SCM_RIGHTS). Called through koffi: Node cannot take descriptors out of a message.
 * The message's layout is Darwin's or Linux'; Linux' is for the test, and this has not been run on a Mac.
 */

import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HypercallError } from './rumpuser.ts';

/** What differs in struct msghdr and struct cmsghdr (sys/socket.h). */
interface SocketLayout {
  iovLengthType: string;
  controlLengthType: string;
  /** Of a control message with one descriptor: bytes of its header, its whole length, and its level. */
  headerBytes: number;
  lengthBytes: number;
  SOL_SOCKET: number;
}

const LAYOUTS: Partial<Record<NodeJS.Platform, SocketLayout>> = {
  darwin: { iovLengthType: 'int', controlLengthType: 'uint32_t', headerBytes: 12, lengthBytes: 16, SOL_SOCKET: 0xffff },
  linux: { iovLengthType: 'size_t', controlLengthType: 'size_t', headerBytes: 16, lengthBytes: 20, SOL_SOCKET: 1 },
};

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SCM_RIGHTS = 1;
const MSG_CTRUNC: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20, linux: 0x8 };
const CONTROL_BYTES = 64;
const O_RDONLY = 0;

/** `command`: authopen and its arguments before the path; tests give a stand-in. Waits until it is answered. Throws HypercallError. */
export function openThroughAuthopen(
  path: string,
  command: readonly string[] = ['/usr/libexec/authopen', '-stdoutpipe', '-o', String(O_RDONLY)],
): number {
  const layout = LAYOUTS[process.platform];
  if (layout === undefined) throw new HypercallError('ENOSYS', 'authopen is a command of macOS');
  const [ours, theirs] = socketPair();
  try {
    const [program, ...args] = command;
    const child = spawn(program, [...args, path], { stdio: ['ignore', theirs, 'ignore'] });
    // It cannot be heard here, where one call waits for the answer; that no descriptor comes says the same.
    child.on('error', () => {});
    child.unref();
    // Only the child holds that end now: when it ends, the message ends.
    closeSync(theirs);
    return receiveDescriptor(ours, layout);
  } finally {
    closeSync(ours);
  }
}

function native() {
  const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
  return { koffi, library: koffi.load(null) };
}

function socketPair(): [number, number] {
  const descriptors = new Int32Array(2);
  const socketpair = native().library.func('int socketpair(int domain, int type, int protocol, void *descriptors)');
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, descriptors) !== 0)
    throw new HypercallError('EIO', 'no pair of sockets can be had');
  return [descriptors[0], descriptors[1]];
}

function receiveDescriptor(socket: number, layout: SocketLayout): number {
  const { koffi, library } = native();
  const iovec = koffi.struct({ base: 'void *', lengthBytes: 'size_t' });
  const msghdr = koffi.struct({
    name: 'void *',
    nameLength: 'uint32_t',
    iov: koffi.pointer(iovec),
    iovLength: layout.iovLengthType,
    control: 'void *',
    controlLength: layout.controlLengthType,
    flags: 'int',
  });
  const recvmsg = library.func('recvmsg', 'intptr_t', ['int', koffi.inout(koffi.pointer(msghdr)), 'int']);
  const control = new Uint8Array(CONTROL_BYTES);
  const message = {
    ...{ name: null, nameLength: 0, iov: [{ base: new Uint8Array(1), lengthBytes: 1 }], iovLength: 1, flags: 0 },
    ...{ control, controlLength: CONTROL_BYTES },
  };
  const received = Number(recvmsg(socket, message, 0));
  const fd = received === 1 ? descriptorIn(control, message.controlLength, layout) : null;
  if (fd === null) throw new HypercallError('EACCES', 'macOS did not open the device: the password was not given');
  if ((message.flags & (MSG_CTRUNC[process.platform] ?? 0)) === 0 && fd > 2) return fd;
  closeSync(fd);
  throw new HypercallError('EIO', 'authopen answered with something else than one descriptor');
}

/** null: there is none in it. */
function descriptorIn(control: Uint8Array, controlLength: number, layout: SocketLayout): number | null {
  const { headerBytes, lengthBytes, SOL_SOCKET } = layout;
  const view = new DataView(control.buffer);
  if (Number(controlLength) < lengthBytes || view.getUint32(0, true) !== lengthBytes) return null;
  const [level, type] = [view.getInt32(headerBytes - 8, true), view.getInt32(headerBytes - 4, true)];
  return level === SOL_SOCKET && type === SCM_RIGHTS ? view.getInt32(headerBytes, true) : null;
}
