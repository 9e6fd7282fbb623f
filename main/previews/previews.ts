/**
 * What is being looked at: a session for each file in a preview, with an address that nobody can guess, under which the sandboxed frame gets its own page
 * and the bytes of this one file (preview-server.ts). Nothing is read from a file before somebody looks at it, and nothing is written to disk.
 */

import { randomBytes } from 'node:crypto';
import type { ContentType } from '../../kernel-worker/contract.ts';
import type { Preview } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import type { Media } from '../service/media.ts';
import { mountOf } from '../service/opened-medium.ts';
import { refused } from '../service/problems.ts';
import { texts } from '../texts.ts';
import { bytesOfFile, bytesOfStream, type LookedAtBytes } from './looked-at-bytes.ts';

/** 256 bits: nobody guesses it. */
const SESSION_BYTES = 32;
/** One for each window and medium, and some that were left open; the oldest goes. Well below the worker's limit of descriptors. */
const MAX_SESSIONS = 16;

/** Where a shell serves the frame's page and bytes, and the only page that may embed it: both as origins, 'http://127.0.0.1:4711'. */
export interface PreviewPlace {
  origin: string;
  embedder: string;
}

export interface PreviewSession {
  id: string;
  kernel: KernelProcess;
  bytes: LookedAtBytes;
  content: ContentType | null;
  /** The frame's page goes out once: whoever learns the address later gets nothing. */
  pageWasServed: boolean;
  /** Reads under way. */
  reading: number;
}

export class Previews {
  private readonly media: Pick<Media, 'opened'>;
  private readonly sessions = new Map<string, PreviewSession>();
  /** Whose end is watched already. */
  private readonly watched = new WeakSet<KernelProcess>();
  /** Set by the shell when it serves; null: this shell has no previews. */
  place: PreviewPlace | null = null;

  constructor(media: Pick<Media, 'opened'>) {
    this.media = media;
  }

  /** `stream`: the name of an extended attribute or stream; null: the file's content. Throws RequestError, KernelCallError. */
  async open(mediumId: string, volume: number, path: string, stream: string | null): Promise<Preview> {
    if (this.place === null) throw refused(texts().look.refused.notHere);
    const opened = this.media.opened(mediumId);
    const { kernel } = opened;
    const mount = mountOf(opened, volume);
    const bytes =
      stream === null ? await bytesOfFile(kernel, mount, path) : await bytesOfStream(kernel, mount, path, stream);
    const content = stream === null ? await contentOf(kernel.call('identify', mount, [path])) : null;
    const id = randomBytes(SESSION_BYTES).toString('base64url');
    this.sessions.set(id, { id, kernel, bytes, content, pageWasServed: false, reading: 0 });
    this.endWith(kernel);
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size <= MAX_SESSIONS) break;
      this.close(oldest);
    }
    const { origin } = this.place;
    return { session: id, url: `${origin}/${id}/`, origin, sizeBytes: bytes.sizeBytes, content };
  }

  /** Sessions of a medium end with its worker. */
  private endWith(kernel: KernelProcess): void {
    if (this.watched.has(kernel)) return;
    this.watched.add(kernel);
    kernel.onEnd(() => {
      for (const session of this.sessions.values()) if (session.kernel === kernel) this.close(session.id);
    });
  }

  find(id: string): PreviewSession | null {
    return this.sessions.get(id) ?? null;
  }

  /** Its address answers no more, and answers under way break off. */
  close(id: string): void {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    session?.bytes.close();
  }

  closeAll(): void {
    for (const id of this.sessions.keys()) this.close(id);
  }
}

/** What cannot be told is not known, which is no reason not to look at the bytes. */
async function contentOf(identified: Promise<ContentType[]>): Promise<ContentType | null> {
  const [content] = await identified.catch(() => []);
  return content === undefined || content.failure !== undefined ? null : content;
}
