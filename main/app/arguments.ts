/** The app's own command line: images or devices to be opened, and whether workers are locked down. */

import { resolve } from 'node:path';

export interface AppArguments {
  sources: string[];
  /** false with --no-lockdown: development only. (Chromium's own --no-sandbox means its sandbox and is left to it.) */
  sandbox: boolean;
}

/** `argv` without the binary and, in development, without the script; `folder`: what relative paths are relative to. */
export function appArguments(argv: readonly string[], folder: string): AppArguments {
  const sources = argv.filter((arg) => arg !== '' && !arg.startsWith('-'));
  return {
    sources: sources.map((source) => resolve(folder, source)),
    sandbox: !argv.includes('--no-lockdown'),
  };
}
