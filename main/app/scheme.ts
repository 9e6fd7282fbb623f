/**
 * The addresses under which the window's page and the frame that shows files are served: airlock://app/, from the built interface's files only, and
 * airlock-preview://frame/, an origin of its own, from what the previews answer.
 */

import type { CustomScheme, protocol, Session } from 'electron';
import { securityHeaders } from '../content-policy.ts';
import type { InterfaceFile } from '../interface-files.ts';
import type { previewServer } from '../previews/preview-server.ts';
import type { PreviewPlace } from '../previews/previews.ts';

const SCHEME = 'airlock';
const HOST = 'app';
export const PAGE_URL = `${SCHEME}://${HOST}/`;

const PREVIEW_SCHEME = 'airlock-preview';
const PREVIEW_ORIGIN = `${PREVIEW_SCHEME}://frame`;

/** Where previews are served and who embeds them. */
export const PREVIEW_PLACE: PreviewPlace = { origin: PREVIEW_ORIGIN, embedder: `${SCHEME}://${HOST}` };

/** Origins with a secure context and no way around their policy. */
const PRIVILEGES = { standard: true, secure: true, bypassCSP: false, allowServiceWorkers: false };

const SCHEMES: CustomScheme[] = [
  { scheme: SCHEME, privileges: { ...PRIVILEGES, stream: false } },
  // The frame's scripts fetch the bytes of their file, from an opaque origin, and its players read them in ranges.
  { scheme: PREVIEW_SCHEME, privileges: { ...PRIVILEGES, supportFetchAPI: true, corsEnabled: true, stream: true } },
];

/** Before the app is ready, and once: Electron takes the schemes all together. */
export function registerSchemes(from: Pick<typeof protocol, 'registerSchemesAsPrivileged'>): void {
  from.registerSchemesAsPrivileged(SCHEMES);
}

/** Serves the files to the window's session. */
export function serveScheme(session: Pick<Session, 'protocol'>, files: (path: string) => InterfaceFile | null): void {
  session.protocol.handle(SCHEME, (request) => answer(request, files));
}

/** Serves the frame to the same session, which is in memory only. */
export function servePreviews(session: Pick<Session, 'protocol'>, serve: ReturnType<typeof previewServer>): void {
  session.protocol.handle(PREVIEW_SCHEME, async ({ url, method, headers }) => {
    const range = headers.get('range');
    const asked = { range, origin: headers.get('origin'), destination: headers.get('sec-fetch-dest') };
    if (!isPreviewUrl(url)) return new Response(null, { status: 404 });
    const { status, headers: answered, body } = await serve({ url, method, headers: asked });
    // Node's web streams are the ones that fetch has; only their types are two.
    return new Response(body as ConstructorParameters<typeof Response>[0], { status, headers: answered });
  });
}

function answer(request: { url: string; method: string }, files: (path: string) => InterfaceFile | null): Response {
  const headers = securityHeaders("'none'", PREVIEW_ORIGIN);
  const { host, pathname } = new URL(request.url);
  const file = host === HOST && request.method === 'GET' ? files(pathname) : null;
  if (file === null) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.content), { headers: { ...headers, 'Content-Type': file.type } });
}

/** Whether an address is one of the page's own. */
export function isPageUrl(url: string): boolean {
  return url === PAGE_URL || url.startsWith(`${PAGE_URL}#`) || url.startsWith(`${PAGE_URL}?`);
}

export function isPreviewUrl(url: string): boolean {
  return url.startsWith(`${PREVIEW_ORIGIN}/`);
}
