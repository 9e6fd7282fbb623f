/** `airlock drives`: which media are plugged in. */

import { parseArgs } from 'node:util';
import { printable, printableJson } from '../../assets/text/terminal-text.ts';
import type { Drive } from '../drives/drive.ts';
import { watchDrives } from '../drives/media-list.ts';
import { bytesText, UsageError } from './words.ts';

export const usage = 'airlock drives [--json] [--all]';

export async function drives(argv: string[]): Promise<number> {
  const { values, positionals } = parsed(argv);
  if (positionals.length > 0) throw new UsageError('drives takes no arguments');
  const list = await watchDrives();
  const shown = list.current().filter((drive) => values.all || !drive.system);
  list.close();
  if (values.json) process.stdout.write(`${printableJson(JSON.stringify(shown, null, 2))}\n`);
  else process.stdout.write(table(shown));
  return 0;
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: { json: { type: 'boolean' }, all: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function table(drives: readonly Drive[]): string {
  if (drives.length === 0) return 'No removable media are plugged in. (--all shows system disks too.)\n';
  const rows = drives.map((drive) => [
    printable(drive.devicePath),
    printable(drive.name),
    drive.sizeBytes === null ? '-' : bytesText(drive.sizeBytes),
    [drive.bus ?? '-', speedText(drive.speedMbitPerSecond)].filter(Boolean).join(', '),
    stateText(drive),
  ]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function stateText({ system, hasMedium, hostMounts }: Drive): string {
  if (system) return 'system disk';
  if (!hasMedium) return 'no medium in it';
  return hostMounts.length > 0 ? `mounted at ${hostMounts.map(printable).join(', ')}` : '';
}

function speedText(mbitPerSecond: number | null): string {
  if (mbitPerSecond === null) return '';
  return mbitPerSecond < 1000 ? `${mbitPerSecond} Mbit/s` : `${mbitPerSecond / 1000} Gbit/s`;
}
