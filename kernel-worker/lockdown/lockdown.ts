/**
 * Takes from this process, for good, every authority that interpreting a medium does not need: no opening, executing,
 * connecting, signalling or changing of anything. What stays is the request's descriptors, memory, clocks and exit.
 */
import { lockdownDarwin } from './darwin.ts';
import { lockdownLinux } from './linux.ts';
import { type LockdownHost, thisHost } from './native.ts';
import { LockdownError, type LockdownReport, type LockdownRequest } from './report.ts';
import { lockdownWin32 } from './win32.ts';

export { type Allowance, LockdownError, type LockdownReport, type LockdownRequest } from './report.ts';

/**
 * Locks this process down; there is no way back. Call it from the main thread, after everything that is still needed
 * has been opened and imported: a module that is not loaded by then never will be, and process.stdout and
 * process.stderr, where they are used, should have been touched.
 *
 * Throws LockdownError when any part fails. The process is then in an undefined state between free and locked and must
 * not read a byte of the medium.
 */
export function lockdown(request: LockdownRequest, host: LockdownHost = thisHost()): LockdownReport {
  const all = [...request.readFds, ...(request.writeFds ?? []), ...(request.channelFds ?? [])];
  for (const fd of all) {
    if (!Number.isInteger(fd) || fd < 0) throw new LockdownError('descriptors', `${fd} is not a descriptor`);
  }
  if (host.platform === 'linux') return lockdownLinux(request, host);
  if (host.platform === 'darwin') return lockdownDarwin(request, host);
  if (host.platform === 'win32') return lockdownWin32(request, host);
  throw new LockdownError('platform', `no lockdown is known for ${host.platform}, so nothing can be mounted there`);
}
