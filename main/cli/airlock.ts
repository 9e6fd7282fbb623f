/**
 * The command line: finds the tool by its name. Tools that only read and print live in kernel-worker (they interpret a medium, under lockdown, in this
 * very process) and are loaded by path; those that write to the host live here and use a worker.
 */

import { printable, UsageError } from './words.ts';

const READING_COMMANDS = ['info', 'manifest'];

const USAGE = `usage: airlock COMMAND …
  drives [--json] [--all]                             which media are plugged in
  info SOURCE [--partition N] [--json]                what a device or image is
  manifest SOURCE [--partition N] [--hash]            one JSON object for each file
  cp SOURCE PATH… FOLDER [--partition N] [--conflict ask|skip|rename|overwrite] [--verify] [--json]
                                                      copy out; / is everything
`;

interface ReadingTools {
  runTool(name: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number>;
}

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
  if (READING_COMMANDS.includes(command)) return readingTool(`airlock ${command}`, rest);
  if (command === 'drives') return (await import('./drives.ts')).drives(rest);
  if (command === 'cp') return (await import('./copy-command.ts')).cp(rest);
  throw new UsageError(`no command ${JSON.stringify(command)}`);
}

async function fsu(name: string, argv: string[]): Promise<number> {
  if (name !== 'fsu_ecp' && name !== 'fsu_get') return readingTool(name, argv);
  const { fsuCopy, fsuUsage } = await import('./copy-command.ts');
  try {
    return await fsuCopy(argv, process.env);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\nusage: ${name} ${fsuUsage}`);
    throw error;
  }
}

async function readingTool(name: string, argv: string[]): Promise<number> {
  const path = new URL('../../kernel-worker/fsutils.js', import.meta.url).href;
  const tools: ReadingTools = await import(/* @vite-ignore */ path);
  return tools.runTool(name, argv, process.env);
}
