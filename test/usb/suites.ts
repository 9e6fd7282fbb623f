/** Which scenarios run together. `full` is `npm run test:usb`, `short` is part of `npm test`; the others are for whoever works on one thing. */

import { LONG } from './long-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { SHORT } from './scenarios.ts';

/** Every suite begins with the first, which plugs the stick in. */
const FIRST = SHORT.slice(0, 1);

const SUITES: Record<string, Scenario[]> = {
  short: SHORT,
  long: [...FIRST, ...LONG],
  full: [...SHORT.filter((scenario) => !LONG.includes(scenario)), ...LONG],
};

/** A suite by its name, or the scenarios that have a word in theirs. */
export function suiteOf(name: string): Scenario[] {
  const others = SUITES.full.slice(1);
  return SUITES[name] ?? [...FIRST, ...others.filter((scenario) => scenario.name.includes(name))];
}
