/** What `npm start -- …` and the app's own command line say. */

export interface LaunchOptions {
  /** An image or device to be opened at once; null: none. */
  source: string | null;
  /** The browser shell even where Electron is to be had. */
  browser: boolean;
  /** Print the address and open no browser. */
  noOpen: boolean;
  /** false with --no-sandbox: workers are not locked down (development only). */
  sandbox: boolean;
}

export const LAUNCH_USAGE = `usage: npm start -- [IMAGE|DEVICE] [--browser] [--no-open] [--no-sandbox]
  IMAGE|DEVICE   opened at once
  --browser      in your browser instead of a window of its own
  --no-open      only print the address for the browser
  --no-sandbox   do not lock the processes down that read media (development only)
`;

/** null: not understood. Chromium's own switches, which Electron leaves in, are passed over. */
export function launchOptions(args: readonly string[]): LaunchOptions | null {
  const options: LaunchOptions = { source: null, browser: false, noOpen: false, sandbox: true };
  for (const arg of args) {
    if (arg === '--browser') options.browser = true;
    else if (arg === '--no-open') options.noOpen = true;
    else if (arg === '--no-sandbox') options.sandbox = false;
    else if (arg.startsWith('-')) return null;
    else if (options.source !== null) return null;
    else options.source = arg;
  }
  return options;
}
