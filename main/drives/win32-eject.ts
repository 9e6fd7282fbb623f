/**
 * Ejecting on Windows by its configuration manager (cfgmgr32: CM_Locate_DevNodeW, CM_Get_Parent, CM_Request_Device_EjectW): the USB device above the disk is
 * asked to go, and who is against it is named by a kind of veto and a name (PNP_VETO_TYPE in cfg.h).
 */

import { createRequire } from 'node:module';
import { texts } from '../texts.ts';
import type { Drive, EjectOutcome } from './drive.ts';
import { printable } from './printable.ts';
import { diskInstancesHere } from './win32.ts';

/** cfgmgr32.h */
const CR_SUCCESS = 0;
const CR_NO_SUCH_DEVNODE = 0x0d;
const CR_ACCESS_DENIED = 0x33;
const MAX_PATH = 260;
/** PNP_VETO_TYPE */
const VETO = { pendingClose: 2, program: 3, service: 4, open: 5, driver: 7, noRights: 12 };

export interface EjectRequest {
  /** A CONFIGRET. */
  code: number;
  vetoType: number;
  vetoName: string;
}

export interface ConfigurationManager {
  /** A device node; null where there is none of this name. */
  locate(instance: string): number | null;
  parent(node: number): number | null;
  requestEject(node: number): EjectRequest;
}

export interface Win32EjectOptions {
  instances(): Promise<ReadonlyMap<string, string>>;
  manager(): ConfigurationManager;
}

const HERE: Win32EjectOptions = { instances: diskInstancesHere, manager: configurationManager };

/** `others`: names of the other media in the same reader. */
export async function ejectOnWin32(
  drive: Drive,
  others: readonly string[],
  options: Win32EjectOptions = HERE,
): Promise<EjectOutcome> {
  const words = texts().drives.ejectOutcome;
  const instance = (await options.instances()).get(drive.devicePath.toLowerCase());
  const manager = options.manager();
  const disk = instance === undefined ? null : manager.locate(instance);
  const device = disk === null ? null : manager.parent(disk);
  if (device === null) return { safe: false, sentence: words.notYetPlain(words.notFound), detail: null };
  const { code, vetoType, vetoName } = manager.requestEject(device);
  if (code === CR_SUCCESS && vetoType === 0)
    return { safe: true, sentence: others.length > 0 ? words.othersOff(others.join(', ')) : words.safe, detail: null };
  if (code === CR_NO_SUCH_DEVNODE) return { safe: true, sentence: words.safe, detail: null };
  const why = code === CR_ACCESS_DENIED ? words.veto.noRights : vetoSentence(vetoType, printable(vetoName));
  const detail = `CONFIGRET ${code}, veto ${vetoType} ${printable(vetoName)}`.trim();
  return { safe: false, sentence: `${words.notYetPlain(words.notOff)} ${why}`, detail };
}

function vetoSentence(type: number, name: string): string {
  const { veto } = texts().drives.ejectOutcome;
  // Of a program it is the name of its file.
  if (type === VETO.program) return veto.program(name.replace(/^.*\\/, ''));
  if (type === VETO.service) return veto.service(name);
  if (type === VETO.driver) return veto.driver(name);
  if (type === VETO.noRights) return veto.noRights;
  return type === VETO.open || type === VETO.pendingClose ? veto.open : veto.device(name);
}

function configurationManager(): ConfigurationManager {
  const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
  const library = koffi.load('cfgmgr32.dll');
  const locate = library.func('uint32_t CM_Locate_DevNodeW(void *node, str16 instance, uint32_t flags)');
  const parent = library.func('uint32_t CM_Get_Parent(void *parent, uint32_t node, uint32_t flags)');
  const eject = library.func(
    'uint32_t CM_Request_Device_EjectW(uint32_t node, void *vetoType, void *vetoName, uint32_t length, uint32_t flags)',
  );
  const found = (ask: (node: Uint32Array) => number) => {
    const node = new Uint32Array(1);
    return ask(node) === CR_SUCCESS ? node[0] : null;
  };
  return {
    locate: (instance) => found((node) => locate(node, instance, 0)),
    parent: (child) => found((node) => parent(node, child, 0)),
    requestEject(node) {
      const vetoType = new Uint32Array(1);
      const vetoName = new Uint16Array(MAX_PATH);
      const code: number = eject(node, vetoType, vetoName, MAX_PATH, 0);
      const end = vetoName.indexOf(0);
      return { code, vetoType: vetoType[0], vetoName: String.fromCharCode(...vetoName.subarray(0, Math.max(end, 0))) };
    },
  };
}
