/** The switch that keeps this computer from mounting sticks by itself, as the interface has it. */

import type { Guard } from '../contract.ts';
import { type GuardOptions, type GuardState, guardState, turnGuardOff, turnGuardOn } from '../drives/guard.ts';

export interface GuardSwitch {
  state(): Promise<Guard>;
  /** Sets what can be set and answers with what then is. */
  switch(on: boolean): Promise<Guard>;
}

export function guardSwitch(options: GuardOptions): GuardSwitch {
  return {
    state: async () => asTold(await guardState(options)),
    switch: async (on) => asTold(await (on ? turnGuardOn(options) : turnGuardOff(options))),
  };
}

function asTold({ state, sentence, parts }: GuardState): Guard {
  return { state, sentence, parts, canSwitch: parts.some(({ guards }) => guards !== null) };
}
