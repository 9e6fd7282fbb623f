/** The commands that do more than read and print, and the help for all: start.ts, where every command starts, has those that only read. */

import { printable } from '../../assets/text/terminal-text.ts';
import { UsageError } from './words.ts';

const USAGE = `usage: airlock COMMAND …
  drives [--json] [--all]                             which media are plugged in
  info SOURCE [--partition N] [--json]                what a device or image is
  manifest SOURCE [--partition N] [--hash]            one JSON object for each file
  lookout SOURCE [--partition N] [--json]             what deserves suspicion, and why
  cp SOURCE PATH… FOLDER [--partition N] [--conflict ask|skip|rename|overwrite] [--verify] [--json]
        [--take-over]                                 copy out; / is everything; unmount it from this computer first
  image DEVICE FILE [--sparse]                        save a raw image; go on where an earlier one ended
  guard [on|off]                                      keep this computer from mounting sticks by itself
  eject DEVICE                                        unmount it, switch it off, say when it may be pulled out
`;

/** Runs the command `name` ('airlock', 'fsu_ls' …) with the process's arguments and ends with its exit code. */
export async function run(name: string): Promise<void> {
  const argv = process.argv.slice(2);
  try {
    process.exitCode = name === 'airlock' ? await airlock(argv) : await fsu(name, argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(
      `${error.message
        .split('\n')
        .map((line) => `${name}: ${printable(line)}\n`)
        .join('')}${name === 'airlock' ? USAGE : ''}`,
    );
    process.exitCode = 2;
  }
}

async function airlock(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === 'help') {
    process.stdout.write(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (command === 'drives') return (await import('./drives.ts')).drives(rest);
  if (command === 'cp') return (await import('./copy-command.ts')).cp(rest);
  if (command === 'eject') return (await import('./eject-command.ts')).eject(rest);
  if (command === 'guard') return (await import('./guard-command.ts')).guard(rest);
  if (command === 'image') return (await import('./image-command.ts')).image(rest);
  throw new UsageError(`no command ${JSON.stringify(command)}`);
}

async function fsu(name: string, argv: string[]): Promise<number> {
  const { fsuCopy, fsuUsage } = await import('./copy-command.ts');
  try {
    return await fsuCopy(argv, process.env);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\nusage: ${name} ${fsuUsage}`);
    throw error;
  }
}
