/**
 * The lockdown on Windows: no child processes, no privileges, untrusted integrity, a job of one process. Interfaces:
 * winnt.h and the reference pages of SetProcessMitigationPolicy, SetTokenInformation, SetInformationJobObject.
 * This file has not been run on Windows: its tables and calls are tested against a recording koffi only.
 */
import type { LockdownHost, NativeFunction, NativeLibrary } from './native.ts';
import { LockdownError, type LockdownReport, type LockdownRequest } from './report.ts';

interface Mitigation {
  readonly name: string;
  /** PROCESS_MITIGATION_POLICY of winnt.h. */
  readonly policy: number;
  /** The flags of that policy's structure, one 32-bit word in each case. */
  readonly flags: number;
  readonly why: string;
}

/** In this order: code signing last, since it ends the loading of modules. */
export const MITIGATIONS: readonly Mitigation[] = [
  { name: 'child process', policy: 13, flags: 0x1, why: 'NoChildProcessCreation: nothing can be executed' },
  { name: 'strict handle check', policy: 3, flags: 0x3, why: 'a guessed handle ends the process, for good' },
  { name: 'extension points', policy: 6, flags: 0x1, why: 'no foreign module is loaded into the process' },
  { name: 'fonts', policy: 9, flags: 0x1, why: 'no font files: their parser runs in the kernel' },
  { name: 'image load', policy: 10, flags: 0x3, why: 'no module from the network or of low integrity' },
  { name: 'signature', policy: 8, flags: 0x1, why: 'MicrosoftSignedOnly: no further native module' },
];

const CURRENT_PROCESS = -1n;

// winnt.h
const TOKEN_QUERY = 0x8;
const TOKEN_ADJUST_PRIVILEGES = 0x20;
const TOKEN_ADJUST_DEFAULT = 0x80;
const TOKEN_INTEGRITY_LEVEL = 25;
const SE_GROUP_INTEGRITY = 0x20;
const JOB_BASIC_UI_RESTRICTIONS = 4;
const JOB_EXTENDED_LIMIT_INFORMATION = 9;
const JOB_LIMIT_ACTIVE_PROCESS = 0x8;
const JOB_LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400;

/** No clipboard, desktops, display settings, exit of Windows, global atoms, handles of windows, system parameters. */
const JOB_UI_LIMITS = 0xff;

/** S-1-16-0, untrusted: revision 1, one sub-authority, authority 16 (mandatory label), sub-authority 0. */
const UNTRUSTED_SID = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0);

/** JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits; LimitFlags at 16 and ActiveProcessLimit at 40 of its basic part. */
const EXTENDED_LIMIT_BYTES = 144;
const LIMIT_FLAGS_OFFSET = 16;
const ACTIVE_PROCESS_LIMIT_OFFSET = 40;

/** Calls a function of the Win32 API that answers 0 for failure, and turns that into a LockdownError. */
type Call = (step: string, func: NativeFunction, ...args: unknown[]) => unknown;

function confineToJob(kernel32: NativeLibrary, call: Call): void {
  const createJob = kernel32.func('intptr_t __stdcall CreateJobObjectW(void *attributes, void *name)');
  const setJob = kernel32.func(
    'int __stdcall SetInformationJobObject(intptr_t job, int kind, const void *information, uint32_t bytes)',
  );
  const assign = kernel32.func('int __stdcall AssignProcessToJobObject(intptr_t job, intptr_t process)');
  const job = call('create job', createJob, null, null);
  const limits = new Uint8Array(EXTENDED_LIMIT_BYTES);
  const view = new DataView(limits.buffer);
  view.setUint32(LIMIT_FLAGS_OFFSET, JOB_LIMIT_ACTIVE_PROCESS | JOB_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, true);
  view.setUint32(ACTIVE_PROCESS_LIMIT_OFFSET, 1, true);
  call('limit job', setJob, job, JOB_EXTENDED_LIMIT_INFORMATION, limits, limits.length);
  const interfaceLimits = Uint32Array.of(JOB_UI_LIMITS);
  call('limit job interface', setJob, job, JOB_BASIC_UI_RESTRICTIONS, interfaceLimits, interfaceLimits.byteLength);
  call('enter job', assign, job, CURRENT_PROCESS);
}

/** SE_PRIVILEGE_REMOVED is for single privileges; disabling all is one call, and untrusted integrity forbids most anyway. */
function dropToken(kernel32: NativeLibrary, advapi32: NativeLibrary, host: LockdownHost, call: Call): void {
  const openToken = advapi32.func('int __stdcall OpenProcessToken(intptr_t process, uint32_t access, void *token)');
  const adjust = advapi32.func(
    'int __stdcall AdjustTokenPrivileges(intptr_t token, int disableAll, void *state, uint32_t bytes, void *previous, void *length)',
  );
  const setInformation = advapi32.func(
    'int __stdcall SetTokenInformation(intptr_t token, int kind, const void *information, uint32_t bytes)',
  );
  const closeHandle = kernel32.func('int __stdcall CloseHandle(intptr_t handle)');

  const handle = new BigInt64Array(1);
  const access = TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES | TOKEN_ADJUST_DEFAULT;
  call('open token', openToken, CURRENT_PROCESS, access, handle);
  call('privileges', adjust, handle[0], 1, null, 0, null, null);
  // TOKEN_MANDATORY_LABEL: pointer to the SID, then the attributes, padded to 16 bytes.
  const label = new Uint8Array(16);
  const view = new DataView(label.buffer);
  view.setBigUint64(0, host.loadKoffi().address(UNTRUSTED_SID), true);
  view.setUint32(8, SE_GROUP_INTEGRITY, true);
  call('integrity level', setInformation, handle[0], TOKEN_INTEGRITY_LEVEL, label, label.length);
  // A token handle could raise nothing, but nobody needs it either.
  call('close token', closeHandle, handle[0]);
}

/** Locks down this Windows process; see lockdown(). Descriptors cannot be filtered there, so the request names none. */
export function lockdownWin32(_request: LockdownRequest, host: LockdownHost): LockdownReport {
  const koffi = host.loadKoffi();
  const kernel32 = koffi.load('kernel32.dll');
  const advapi32 = koffi.load('advapi32.dll');
  const lastError = kernel32.func('uint32_t __stdcall GetLastError()');
  const call: Call = (step, func, ...args) => {
    const result = func(...args);
    if (Number(result) === 0) throw new LockdownError(step, `Windows error ${lastError()}`);
    return result;
  };
  // The time zone is asked of the system at first use.
  new Date().getTimezoneOffset();

  confineToJob(kernel32, call);
  const setPolicy = kernel32.func(
    'int __stdcall SetProcessMitigationPolicy(int policy, const void *buffer, size_t bytes)',
  );
  for (const { name, policy, flags } of MITIGATIONS) {
    call(`mitigation ${name}`, setPolicy, policy, Uint32Array.of(flags), 4);
  }
  dropToken(kernel32, advapi32, host, call);
  return {
    platform: 'win32',
    mechanism: `job of one process, ${MITIGATIONS.length} mitigation policies, no privileges, untrusted integrity`,
    allowed: [{ what: 'open handles, memory, threads, clocks', why: 'the medium, the channel and the program itself' }],
    gaps: [
      'integrity levels stop writing upwards, not reading: a file that every user may read can still be read',
      'connections to the network are not refused',
      'this lockdown has not been tried on Windows',
    ],
  };
}
