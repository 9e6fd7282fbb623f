/** `airlock image`: saves a medium as a raw image, and goes on with one that was begun. */

import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printable } from '../../assets/text/terminal-text.ts';
import { openDeviceSource } from '../imaging/device-source.ts';
import { IMAGE_KEY_FILE, imageKey } from '../imaging/image-key.ts';
import { ImageError, type ImageProgress, type ImageReport, saveImage, VERIFY_CODE } from '../imaging/save-image.ts';
import { configFolder } from '../service/settings.ts';
import { bytesText, UsageError } from './words.ts';

/** Exit code: 0 whole, 1 not begun or broken off (and can be gone on with), 3 with sectors that could not be read, 130 cancelled. */
export async function image(argv: string[]): Promise<number> {
  const { device, file, expectsHoles } = operands(argv);
  const path = resolve(file);
  try {
    const { source, close } = await openDeviceSource(realpathSync(device), null);
    const abort = new AbortController();
    process.once('SIGINT', () => abort.abort());
    process.once('SIGTERM', () => abort.abort());
    const onProgress = progressLine();
    const key = imageKey(join(configFolder(), IMAGE_KEY_FILE));
    const options = { source, path, key, signal: abort.signal, onProgress, expectsHoles };
    const report = await saveImage(options).finally(close);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    return tell(report, path);
  } catch (error) {
    const words = error instanceof ImageError ? error.message : String(error);
    process.stderr.write(`airlock: ${printable(words)}\n`);
    if (error instanceof ImageError && error.code === 'ENOSPC')
      process.stderr.write('airlock: zeros take no room: with --sparse it is begun all the same\n');
    if (error instanceof ImageError && error.code === VERIFY_CODE)
      process.stderr.write('airlock: the same command reads these parts again\n');
    return 1;
  }
}

function operands(argv: string[]): { device: string; file: string; expectsHoles: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { sparse: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [device, file] = positionals;
    if (positionals.length === 2) return { device, file, expectsHoles: values.sparse ?? false };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  throw new UsageError('which device, and into which file?');
}

function tell(report: ImageReport, path: string): number {
  const { outcome, sha256, sizeBytes, readBytes, unreadable, resumedBytes } = report;
  if (outcome !== 'done') {
    const why = outcome === 'removed' ? 'The medium was pulled out' : 'Cancelled';
    process.stderr.write(
      `airlock: ${why} after ${bytesText(readBytes)} of ${bytesText(sizeBytes)}. The same command goes on from there.\n`,
    );
    return outcome === 'removed' ? 1 : 130;
  }
  for (const { start, lengthBytes } of unreadable)
    process.stderr.write(`airlock: cannot be read: byte ${start} to ${start + lengthBytes - 1}\n`);
  if (unreadable.length > 0) process.stderr.write('airlock: the same command tries these parts once more\n');
  const resumed = resumedBytes > 0 ? `, ${bytesText(resumedBytes)} of it from an earlier time` : '';
  process.stdout.write(`${sha256}  ${printable(path)}\n${bytesText(readBytes)} on the disk and verified${resumed}\n`);
  return unreadable.length > 0 ? 3 : 0;
}

/** On a terminal, ten times a second. */
function progressLine(): (progress: ImageProgress) => void {
  let shownAtMs = 0;
  return ({ state, doneBytes, totalBytes, unreadableBytes, bytesPerSecond }) => {
    if (!process.stderr.isTTY || (state === 'reading' && Date.now() - shownAtMs < 100)) return;
    shownAtMs = Date.now();
    const finishing = state === 'finishing' ? '; compared with the disk now' : '';
    const speed = bytesPerSecond === null ? '' : `, ${bytesText(bytesPerSecond)}/s`;
    const bad = unreadableBytes === 0 ? '' : `, ${bytesText(unreadableBytes)} cannot be read`;
    process.stderr.write(`\r\x1b[K${bytesText(doneBytes)} of ${bytesText(totalBytes)}${speed}${bad}${finishing}`);
  };
}
