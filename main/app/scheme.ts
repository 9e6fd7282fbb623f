/** The address under which the window's page is served: airlock://app/, from the built interface's files only. */

import type { protocol, Session } from 'electron';
import { securityHeaders } from '../content-policy.ts';
import type { InterfaceFile } from '../interface-files.ts';

const SCHEME = 'airlock';
const HOST = 'app';
export const PAGE_URL = `${SCHEME}://${HOST}/`;

/** Before the app is ready: makes it an origin of its own, with a secure context and no way around its policy. */
export function registerScheme(from: Pick<typeof protocol, 'registerSchemesAsPrivileged'>): void {
  const privileges = { standard: true, secure: true, bypassCSP: false, allowServiceWorkers: false, stream: false };
  from.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the files to the window's session. */
export function serveScheme(session: Pick<Session, 'protocol'>, files: (path: string) => InterfaceFile | null): void {
  session.protocol.handle(SCHEME, (request) => answer(request, files));
}

function answer(request: { url: string; method: string }, files: (path: string) => InterfaceFile | null): Response {
  const headers = securityHeaders("'none'");
  const { host, pathname } = new URL(request.url);
  const file = host === HOST && request.method === 'GET' ? files(pathname) : null;
  if (file === null) return new Response(null, { status: 404, headers });
  return new Response(new Uint8Array(file.content), { headers: { ...headers, 'Content-Type': file.type } });
}

/** Whether an address is one of the page's own. */
export function isPageUrl(url: string): boolean {
  return url === PAGE_URL || url.startsWith(`${PAGE_URL}#`) || url.startsWith(`${PAGE_URL}?`);
}
