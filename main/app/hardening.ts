/** What the app's pages may not do: Electron's security checklist (electronjs.org/docs/latest/tutorial/security), point by point. */

import type { App, Session, WebContents } from 'electron';
import { isPageUrl, isPreviewUrl, PAGE_URL, PREVIEW_PLACE } from './scheme.ts';

/** No permission of any kind, no download, no request but for the page's own files and for those of the frame that shows files. */
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
  // A worker of the frame's has its own code as a blob.
  const ofFrame = isPreviewUrl(url) || url.startsWith(`blob:${PREVIEW_PLACE.origin}/`) || url.startsWith('blob:null/');
  return url.startsWith(PAGE_URL) || ofFrame || url.startsWith('devtools://');
}

/** For every page that ever comes to be, whoever opens it. */
export function hardenContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => lockIn(contents));
}

function lockIn(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    const { isMainFrame, url, initiator } = event;
    // The page's frame for files gets its address: by the page, and never by what is in it.
    if (isMainFrame || !isPreviewUrl(url) || !initiator || !isPageUrl(initiator.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
