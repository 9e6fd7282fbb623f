/** The texts that main says to people, in the language of the settings. English until the service has read them, and for the command line. */

import { en } from '../assets/messages/en/index.ts';
import type { Messages } from '../assets/messages/messages.ts';

let current: Messages = en;

export function texts(): Messages {
  return current;
}

export function useTexts(chosen: Messages): void {
  current = chosen;
}
