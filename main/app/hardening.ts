/** What the app's pages may not do: Electron's security checklist (electronjs.org/docs/latest/tutorial/security), point by point. */

import type { App, Session, WebContents } from 'electron';
import { PAGE_URL } from './scheme.ts';

/** No permission of any kind, no download, no request but for the page's own files. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isOwnRequest(details.url) }));
  session.setSpellCheckerEnabled(false);
}

/** The developer tools, where they are there at all, bring their own files. */
function isOwnRequest(url: string): boolean {
  return url.startsWith(PAGE_URL) || url.startsWith('devtools://');
}

/** For every page that ever comes to be, whoever opens it. */
export function hardenContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => lockIn(contents));
}

function lockIn(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
