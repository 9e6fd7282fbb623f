/** `fsu_df`: how full a file system is, after df(1). */

import { printable } from '../../assets/text/terminal-text.ts';
import { parseFlags, takeMedium, UsageError } from './commandline.ts';
import { humanSize } from './ls.ts';
import { openSession } from './session.ts';

export const usage = 'fsu_df [-t fstype] [-o options] [-p number] [-f] device [-hikm]';

export async function df(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { medium, rest } = takeMedium(argv, environment);
  const { values, positionals } = parseFlags(rest, {
    human: { type: 'boolean', short: 'h' },
    inodes: { type: 'boolean', short: 'i' },
    kilobytes: { type: 'boolean', short: 'k' },
    megabytes: { type: 'boolean', short: 'm' },
  });
  if (positionals.length > 0) throw new UsageError('df takes no paths: there is one file system');
  const { mount, output } = await openSession(medium, environment);
  const { totalBytes, freeBytes, files, freeFiles } = mount.statvfs();
  const unit = values.megabytes ? 1024 ** 2 : values.kilobytes ? 1024 : 512;
  const size = (bytes: number | null) =>
    bytes === null ? '-' : values.human ? humanSize(bytes) : String(Math.floor(bytes / unit));
  const used = freeBytes === null ? null : totalBytes - freeBytes;
  const share = used === null || totalBytes === 0 ? '-' : `${Math.round((100 * used) / totalBytes)}%`;
  const heading = values.human ? 'Size' : `${unit === 1024 ** 2 ? '1M' : unit === 1024 ? '1K' : '512'}-blocks`;
  const rows = [
    ['Filesystem', heading, 'Used', 'Avail', 'Capacity'],
    [printable(mount.info.label ?? mount.info.title), size(totalBytes), size(used), size(freeBytes), share],
  ];
  if (values.inodes) {
    const inUse = files === null || freeFiles === null ? '-' : String(files - freeFiles);
    rows[0].push('iUsed', 'iAvail');
    rows[1].push(inUse, freeFiles === null ? '-' : String(freeFiles));
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    output.text(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ')}\n`,
    );
  }
  output.flush();
  return 0;
}
