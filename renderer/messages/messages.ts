/** The messages of the language in use. The window is drawn anew when it changes (App.svelte), so components may take parts of it once. */

import { en } from '../../assets/messages/en/index.ts';
import type { Messages } from '../../assets/messages/messages.ts';

export let messages: Messages = en;

export function useMessages(chosen: Messages): void {
  messages = chosen;
}
