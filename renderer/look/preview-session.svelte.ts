/** One session with main for looking into a file, for as long as the component is there that has it made. */

import type { Bridge, Preview } from '../../main/contract.ts';
import { problemFrom } from '../state/problem.ts';

export class PreviewSession {
  preview = $state.raw<Preview | null>(null);
  /** Why there is none, for people. */
  problem = $state<string | null>(null);

  /** To be made while a component is. `ask` is called anew when what it reads changes; null: there is nothing to be asked for. */
  constructor(bridge: Bridge, ask: () => Promise<Preview> | null, onpreview: (preview: Preview) => void = () => {}) {
    $effect(() => {
      const asked = ask();
      if (asked === null) return;
      let wanted = true;
      let opened: Preview | null = null;
      const close = () => {
        if (opened !== null) void bridge.request('preview.close', opened.session).catch(() => null);
      };
      asked.then(
        (answer) => {
          opened = answer;
          if (!wanted) return close();
          this.preview = answer;
          onpreview(answer);
        },
        (reason) => {
          if (wanted) this.problem = problemFrom(reason).sentence;
        },
      );
      return () => {
        wanted = false;
        close();
      };
    });
  }
}
