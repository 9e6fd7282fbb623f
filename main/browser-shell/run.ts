/** Runs the app in the user's browser: service, server, browser, and an orderly end. */

import { builtFile, unpackedFile } from '../built-files.ts';
import { nodeLauncher } from '../kernels/node-launcher.ts';
import type { LaunchOptions } from '../launch-options.ts';
import { newService } from '../service/new-service.ts';
import { openBrowser } from './open-browser.ts';
import { startBrowserShell } from './server.ts';
import { gioTrash } from './trash.ts';

/** Resolves when the server runs; the process then lives until it is told to end. */
export async function runBrowserShell(options: LaunchOptions, version: string): Promise<void> {
  const abilities = {
    shell: 'browser',
    dropImages: false,
    chooseImage: null,
    chooseFolder: null,
    reveal: null,
    trash: gioTrash() ?? undefined,
  } as const;
  const launchWorker = nodeLauncher(unpackedFile('kernel-worker', 'worker.js'));
  const { service, close } = await newService({ version, abilities, launchWorker, sandbox: options.sandbox });
  const shell = await startBrowserShell(service, builtFile('renderer'), builtFile('preview'));
  const end = async () => {
    await shell.close();
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end());
  process.stdout.write(`Airlock is at ${shell.url}\nThe address serves once. Ctrl+C ends Airlock.\n`);
  if (!options.noOpen) openBrowser(shell.url);
  if (options.source !== null) await openAtOnce(service, options.source);
}

/** What cannot be opened is told where the user looks: in the list of media, or here if it did not get there. */
async function openAtOnce(service: Awaited<ReturnType<typeof newService>>['service'], source: string): Promise<void> {
  try {
    await service.media.openImage(source);
  } catch (error) {
    process.stderr.write(`${source}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
