/** Opens the user's browser on an address, as each desktop does it. */

import { spawn } from 'node:child_process';

/** Tries; whether it worked is seen by the user, who is also told the address. `url` is our own. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const [command, args] = browserCommand(url, platform);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

export function browserCommand(url: string, platform: NodeJS.Platform): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]];
  // Not `start`, which is the shell's own and reads '&' in addresses.
  if (platform === 'win32') return ['rundll32.exe', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
