/**
 * The calling convention of NetBSD's fs-utils: `[-t fstype] [-o options] [-f] device` before the tool's own arguments, or FSU_DEVICE and FSU_TYPE in the
 * environment. Airlock adds `-p number` (or `--partition number`).
 */

import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The command line was wrong: `message` says what, the tool's usage line how it goes. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Which file system a tool works on. */
export interface MediumArguments {
  device: string;
  partition: number | null;
  fstype: string | null;
  options: Record<string, string>;
}

/**
 * Takes the leading options and the device off `argv`; `rest` is the tool's own. With `-f` the device is named by that option; with FSU_DEVICE set and no
 * `-f`, there is no device argument at all. UsageError.
 */
export function takeMedium(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): { medium: MediumArguments; rest: string[] } {
  const medium = {
    device: environment.FSU_DEVICE ?? '',
    partition: null as number | null,
    fstype: environment.FSU_TYPE ?? null,
    options: {} as Record<string, string>,
  };
  let named = medium.device !== '';
  let at = 0;
  while (at < argv.length) {
    const word = argv[at];
    const value = argv[at + 1];
    if (word === '-t') medium.fstype = valueFor(word, value);
    else if (word === '-o') Object.assign(medium.options, mountOptions(valueFor(word, value)));
    else if (word === '-p' || word === '--partition') medium.partition = partitionNumber(valueFor(word, value));
    else if (word === '-f') {
      medium.device = valueFor(word, value);
      named = true;
    } else break;
    at += 2;
  }
  // tmpfs has no device under it.
  if (medium.fstype === 'tmpfs') named = true;
  if (!named) {
    const word = argv[at];
    if (word === undefined || word.startsWith('-')) throw new UsageError('which device or image? (or set FSU_DEVICE)');
    medium.device = word;
    at += 1;
  }
  return { medium, rest: argv.slice(at) };
}

function valueFor(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`option ${option} needs a value`);
  return value;
}

/** 'codepage=850,noload' as mount(8) writes it. */
export function mountOptions(text: string): Record<string, string> {
  const options: Record<string, string> = {};
  for (const part of text.split(',').filter((word) => word !== '' && word !== 'ro' && word !== 'rdonly')) {
    const equals = part.indexOf('=');
    if (equals < 0) options[part] = '';
    else options[part.slice(0, equals)] = part.slice(equals + 1);
  }
  return options;
}

export function partitionNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`not a partition number: ${JSON.stringify(text)}`);
  return number;
}

/** parseArgs of Node with its complaints as UsageError. */
export function parseFlags<Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
