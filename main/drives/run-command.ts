/** Runs the host's own programs, without a shell. */

import { spawn } from 'node:child_process';

/** Unmounting a stick can wait until it has taken what was written to it. */
const COMMAND_TIMEOUT_MS = 60_000;
/** As much as anybody wants to read of a tool's complaint. */
const MAX_COMPLAINT = 2000;
/** A registry with hundreds of devices is some megabytes. */
const MAX_OUTPUT = 32 * 1024 * 1024;

export interface CommandResult {
  /** null: there is no such command. */
  code: number | null;
  /** Both streams, cut at the length of a complaint. */
  output: string;
}

export type RunCommand = (command: string, args: string[]) => Promise<CommandResult>;

export const runCommand: RunCommand = async (command, args) => {
  const { code, out, err } = await run(command, args, MAX_COMPLAINT, COMMAND_TIMEOUT_MS);
  return { code, output: `${out}${err}`.trim().slice(0, MAX_COMPLAINT) };
};

/** Standard output of a program; null if it failed, is not there, or took too long. `timeoutMs` 0: as long as somebody takes to type a password. */
export async function outputOf(
  command: string,
  args: string[],
  timeoutMs: number = COMMAND_TIMEOUT_MS,
): Promise<string | null> {
  const { code, out } = await run(command, args, MAX_OUTPUT, timeoutMs);
  return code === 0 ? out.trim() : null;
}

function run(
  command: string,
  args: string[],
  maxLength: number,
  timeout: number,
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout, windowsHide: true });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out.length < maxLength) out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (err.length < maxLength) err += text;
    });
    child.on('error', (error) => resolve({ code: null, out, err: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, out, err }));
  });
}
