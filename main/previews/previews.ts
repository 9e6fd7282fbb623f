/**
 * What is being looked at: a session for each file in a preview, with an address that nobody can guess, under which the sandboxed frame gets its own page
 * and the bytes of this one file (preview-server.ts). Nothing is read from a file before somebody looks at it, and nothing is written to disk.
 */

import { randomBytes } from 'node:crypto';
import type { ContentType, FileIdentity } from '../../kernel-worker/contract.ts';
import type { Conflict, Preview } from '../contract.ts';
import type { KernelProcess } from '../kernels/kernel-process.ts';
import type { Media } from '../service/media.ts';
import { mountOf } from '../service/opened-medium.ts';
import { refused } from '../service/problems.ts';
import { texts } from '../texts.ts';
import { openHostFile } from './host-file.ts';
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
  /** The session ends with it; null: of a file of the host. */
  kernel: KernelProcess | null;
  /** The question that a file of the host is shown for; the session ends with it. */
  asked: { jobId: string; conflict: Conflict } | null;
  bytes: LookedAtBytes;
  content: ContentType | null;
  /** The frame's page goes out once: whoever learns the address later gets nothing. */
  pageWasServed: boolean;
  /** Reads under way. */
  reading: number;
}

/** What copies ask the user about, and what a file of the host is by its bytes. */
export interface ConflictFiles {
  pending(jobId: string): Conflict | null;
  identify(path: string, only: FileIdentity): Promise<ContentType>;
}

export class Previews {
  private readonly media: Pick<Media, 'opened'>;
  private readonly conflicts: ConflictFiles;
  private readonly sessions = new Map<string, PreviewSession>();
  /** Whose end is watched already. */
  private readonly watched = new WeakSet<KernelProcess>();
  /** Set by the shell when it serves; null: this shell has no previews. */
  place: PreviewPlace | null = null;

  constructor(media: Pick<Media, 'opened'>, conflicts: ConflictFiles) {
    this.media = media;
    this.conflicts = conflicts;
  }

  /** `stream`: the name of an extended attribute or stream; null: the file's content. Throws RequestError, KernelCallError. */
  async open(mediumId: string, volume: number, path: string, stream: string | null): Promise<Preview> {
    if (this.place === null) throw refused(texts().look.refused.notHere);
    const opened = this.media.opened(mediumId);
    const { kernel } = opened;
    const mount = mountOf(opened, volume);
    const bytes =
      stream === null ? await bytesOfFile(kernel, mount, path) : await bytesOfStream(kernel, mount, path, stream);
    const content = stream === null ? await contentOf(identifyOne(kernel, mount, path)) : null;
    const preview = this.add(this.place, { kernel, asked: null, bytes, content });
    this.endWith(kernel);
    return preview;
  }

  /** The file of this computer that a copy asks about now; `path` is that of the file on the medium. Throws RequestError. */
  async openConflict(jobId: string, path: string): Promise<Preview> {
    if (this.place === null) throw refused(texts().look.refused.notHere);
    const conflict = this.conflicts.pending(jobId);
    if (conflict?.path !== path) throw refused(texts().failures.noQuestion);
    const { bytes, identity } = await openHostFile(conflict);
    const known = bytes.sizeBytes === 0 ? null : this.conflicts.identify(conflict.targetPath, identity);
    const content = known === null ? null : await contentOf(known);
    const asked = { jobId, conflict };
    if (this.isAnswered(asked)) {
      bytes.close();
      throw refused(texts().failures.noQuestion);
    }
    return this.add(this.place, { kernel: null, asked, bytes, content });
  }

  /** Ends what was shown for a question that is answered, or whose job is over. */
  closeAnswered(): void {
    for (const { id, asked } of this.sessions.values()) if (asked !== null && this.isAnswered(asked)) this.close(id);
  }

  private isAnswered({ jobId, conflict }: NonNullable<PreviewSession['asked']>): boolean {
    return this.conflicts.pending(jobId) !== conflict;
  }

  private add(place: PreviewPlace, shown: Pick<PreviewSession, 'kernel' | 'asked' | 'bytes' | 'content'>): Preview {
    const id = randomBytes(SESSION_BYTES).toString('base64url');
    this.sessions.set(id, { id, ...shown, pageWasServed: false, reading: 0 });
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size <= MAX_SESSIONS) break;
      this.close(oldest);
    }
    const { bytes, content } = shown;
    return { session: id, url: `${place.origin}/${id}/`, origin: place.origin, sizeBytes: bytes.sizeBytes, content };
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

async function identifyOne(kernel: KernelProcess, mount: number, path: string): Promise<ContentType | undefined> {
  const [content] = await kernel.call('identify', mount, [path]);
  return content;
}

/** What cannot be told is not known, which is no reason not to look at the bytes. */
async function contentOf(identified: Promise<ContentType | undefined>): Promise<ContentType | null> {
  const content = await identified.catch(() => undefined);
  return content === undefined || content.failure !== undefined ? null : content;
}
