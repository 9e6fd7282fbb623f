/** `airlock manifest`: one JSON object for each file, sorted by the bytes of its path; what cannot be read goes to standard error as JSON. */

import { printableJson } from '../../assets/text/terminal-text.ts';
import { mountOptions, parseFlags, partitionNumber, UsageError } from './commandline.ts';
import { eachManifestLine } from './manifest.ts';
import { openSession } from './session.ts';
import { complainJson } from './terminal.ts';

export const usage = 'airlock manifest SOURCE [--partition N] [--hash] [-t fstype] [-o options]';

/** Exit code: 0 complete, 3 partial. */
export async function manifest(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseFlags(argv, {
    partition: { type: 'string', short: 'p' },
    hash: { type: 'boolean' },
    type: { type: 'string', short: 't' },
    options: { type: 'string', short: 'o' },
  });
  if (positionals.length !== 1) throw new UsageError('one device or image, please');
  const session = await openSession(
    {
      device: positionals[0],
      partition: values.partition === undefined ? null : partitionNumber(values.partition),
      fstype: values.type ?? null,
      options: mountOptions(values.options ?? ''),
    },
    environment,
  );
  const { output } = session;
  const options = {
    hash: values.hash ?? false,
    part: session.part,
    mediumOffset: session.kernel.offsetOf(session.part),
  };
  const failures = eachManifestLine(session.mount, options, (line) =>
    output.text(`${output.isTerminal ? printableJson(line) : line}\n`),
  );
  output.flush();
  for (const failure of failures) complainJson(failure);
  return failures.length === 0 ? 0 : 3;
}
