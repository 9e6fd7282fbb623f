/** The service with everything that both shells share: drives, eject, settings, sample stick, copying threads. */

import { join } from 'node:path';
import { assetFile } from '../built-files.ts';
import { ejectDrive, otherCards } from '../drives/eject.ts';
import { guardHere } from '../drives/guard.ts';
import { watchDrives } from '../drives/media-list.ts';
import { takeOver } from '../drives/take-over.ts';
import { openDeviceSource } from '../imaging/device-source.ts';
import { newTargetSide } from '../transfers/target-side.ts';
import { guardSwitch } from './guard-switch.ts';
import { sampleStick } from './sample-stick.ts';
import { Service, type ServiceOptions } from './service.ts';
import { configFolder } from './settings.ts';

export interface RunningService {
  service: Service;
  /** Cancels copies, ends workers, removes what was unpacked. */
  close(): Promise<void>;
}

/** What each shell brings along. */
export type ShellOptions = Pick<
  ServiceOptions,
  'version' | 'abilities' | 'launchWorker' | 'sandbox' | 'systemLanguages'
>;

export async function newService(options: ShellOptions): Promise<RunningService> {
  const sample = sampleStick(assetFile('sample-stick.img.gz'));
  const drives = await watchDrives();
  const service = new Service({
    ...options,
    drives,
    eject: (drive) => ejectDrive(drive, undefined, otherCards(drive, drives.current())),
    takeOver: (drive) => takeOver(drive.devicePath),
    guard: guardSwitch(guardHere(join(configFolder(), 'guard.json'))),
    openImageSource: openDeviceSource,
    settingsPath: join(configFolder(), 'settings.json'),
    newTargetSide,
    sampleImage: () => sample.path(),
  });
  await service.speak();
  return {
    service,
    close: async () => {
      await service.close();
      sample.remove();
    },
  };
}
