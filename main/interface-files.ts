/** The built interface's files (dist/renderer), and the preview frame's (dist/preview), as both shells serve them: read by a list made at start, so that no path from outside is followed. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  // Of PDF: tables of Asian characters, fonts that documents may leave out, colour profiles.
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
  '.icc': 'application/vnd.iccprofile',
};

export interface InterfaceFile {
  type: string;
  content: Buffer;
}

/** From a URL's path to the file; null if there is none. */
export function interfaceFiles(folder: string): (urlPath: string) => InterfaceFile | null {
  const paths = new Map<string, string>();
  addFolder(paths, folder, '/');
  return (urlPath) => {
    const path = paths.get(urlPath === '/' ? '/index.html' : urlPath);
    return path === undefined ? null : { type: TYPES[extname(path)], content: readFileSync(path) };
  };
}

/** By hand: in Electron's archive readdir's own recursion is not to be relied on. */
function addFolder(paths: Map<string, string>, folder: string, urlPrefix: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(paths, path, `${urlPrefix}${entry.name}/`);
    else if (entry.isFile() && TYPES[extname(entry.name)] !== undefined) paths.set(urlPrefix + entry.name, path);
  }
}
