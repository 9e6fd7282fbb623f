/**
 * The command line: finds the tool by its name. Tools that only read and print live in kernel-worker (they interpret a medium, under lockdown, in this
 * very process) and are loaded by path; those that write to the host live here and use a worker.
 */

const READING_COMMANDS = ['info', 'manifest'];

const USAGE = `usage: airlock COMMAND …
  info SOURCE [--partition N] [--json]                what a device or image is
  manifest SOURCE [--partition N] [--hash]            one JSON object for each file
`;

interface ReadingTools {
  runTool(name: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number>;
}

/** Runs the command `name` ('airlock', 'fsu_ls' …) with the process's arguments and ends with its exit code. */
export async function run(name: string): Promise<void> {
  const argv = process.argv.slice(2);
  process.exitCode = name === 'airlock' ? await airlock(argv) : await readingTool(name, argv);
}

async function airlock(argv: string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined || command === '--help' || command === 'help') {
    process.stdout.write(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (READING_COMMANDS.includes(command)) return readingTool(`airlock ${command}`, rest);
  process.stderr.write(`airlock: no command ${JSON.stringify(command)}\n${USAGE}`);
  return 2;
}

async function readingTool(name: string, argv: string[]): Promise<number> {
  const path = new URL('../../kernel-worker/fsutils.js', import.meta.url).href;
  const tools: ReadingTools = await import(/* @vite-ignore */ path);
  return tools.runTool(name, argv, process.env);
}
