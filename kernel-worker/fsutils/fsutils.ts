/** The tools that read a medium and print: each opens it, locks its own process down and goes on in the same process. */

import { KernelError } from '../rump/errno.ts';
import { HypercallError } from '../rumpuser/rumpuser.ts';
import { cat, usage as catUsage } from './cat.ts';
import { UsageError } from './commandline.ts';
import { df, usage as dfUsage } from './df.ts';
import { diff, usage as diffUsage } from './diff.ts';
import { du, usage as duUsage } from './du.ts';
import { find, usage as findUsage } from './find.ts';
import { info, usage as infoUsage } from './info.ts';
import { lookout, usage as lookoutUsage } from './lookout.ts';
import { ls, usage as lsUsage } from './ls.ts';
import { manifest, usage as manifestUsage } from './manifest-command.ts';
import { stat, usage as statUsage } from './stat.ts';
import { BrokenPipe, complain } from './terminal.ts';

type Tool = (argv: readonly string[], environment: NodeJS.ProcessEnv) => Promise<number>;

const TOOLS: Record<string, { run: Tool; usage: string }> = {
  'airlock info': { run: info, usage: infoUsage },
  'airlock lookout': { run: lookout, usage: lookoutUsage },
  'airlock manifest': { run: manifest, usage: manifestUsage },
  fsu_cat: { run: cat, usage: catUsage },
  fsu_df: { run: df, usage: dfUsage },
  fsu_diff: { run: diff, usage: diffUsage },
  fsu_du: { run: du, usage: duUsage },
  fsu_find: { run: find, usage: findUsage },
  fsu_ls: { run: ls, usage: lsUsage },
  fsu_stat: { run: stat, usage: statUsage },
};

/**
 * Runs a tool to its exit code: 0 complete, 1 the medium cannot be opened or mounted, 2 wrong usage, 3 partial (each failure was printed).
 * `name` is 'fsu_ls', 'airlock info' …
 */
export async function runTool(name: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const tool = TOOLS[name];
  if (argv.includes('--help')) {
    process.stdout.write(`usage: ${tool.usage}\n`);
    return 0;
  }
  try {
    return await tool.run(argv, environment);
  } catch (error) {
    return exitCodeOf(name, tool.usage, error);
  }
}

function exitCodeOf(name: string, usage: string, error: unknown): number {
  if (error instanceof BrokenPipe) return 0;
  if (error instanceof UsageError) {
    complain(`${name}: ${error.message}`);
    complain(`usage: ${usage}`);
    return 2;
  }
  if (error instanceof KernelError || error instanceof HypercallError) {
    for (const line of error.message.split('\n')) complain(`${name}: ${line}`);
    if (error instanceof KernelError && error.byteOffset !== undefined)
      complain(`${name}: at byte ${error.byteOffset} of the medium`);
    return 1;
  }
  complain(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return 1;
}
