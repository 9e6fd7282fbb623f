/** `airlock guard`: whether this computer mounts sticks by itself, and the switch that keeps it from doing so. */

import { join } from 'node:path';
import { guardHere, guardState, turnGuardOff, turnGuardOn } from '../drives/guard.ts';
import { configFolder } from '../service/settings.ts';
import { UsageError } from './words.ts';

/** Exit code: 0 as asked; 1 if the switch did not take. */
export async function guard(argv: string[]): Promise<number> {
  const [wanted, ...rest] = argv;
  if (rest.length > 0 || (wanted !== undefined && wanted !== 'on' && wanted !== 'off'))
    throw new UsageError('guard takes on, off, or nothing');
  const options = guardHere(join(configFolder(), 'guard.json'));
  const turn = wanted === 'on' ? turnGuardOn : wanted === 'off' ? turnGuardOff : guardState;
  const { on, sentence, parts } = await turn(options);
  process.stdout.write(`${sentence}\n`);
  for (const { name, guards, note } of parts) {
    const state = guards === null ? 'not on this computer' : guards ? 'on' : 'off';
    process.stdout.write(`  ${name}: ${state}${note === null ? '' : ` (${note})`}\n`);
  }
  return wanted === 'on' && !on ? 1 : 0;
}
