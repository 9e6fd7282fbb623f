/** Looking into a file: a session for one file, shown in a sandboxed frame of another origin, which alone gets its bytes. */

import type { ContentType } from '../../kernel-worker/contract.ts';

export interface Preview {
  /** Opaque; ends with preview.close, with the medium, or when many newer ones were opened. */
  session: string;
  /** The frame's page. It is served once. */
  url: string;
  /** Where the frame's page comes from. Its messages come from an opaque origin all the same, because it is sandboxed. */
  origin: string;
  sizeBytes: number;
  /** What it is by its bytes; null: not known. */
  content: ContentType | null;
}

export interface PreviewRequests {
  /** `stream`: an extended attribute or alternate stream as file.describe names it; null: the file itself. A symbolic link is refused. */
  'preview.open': (mediumId: string, volume: number, path: string, stream: string | null) => Preview;
  /**
   * The file on this computer that the job's pending question is about, as it was when the question arose; no other can be named. `path`: of the file in
   * question on the medium, so that an answer that came meanwhile is noticed. Ends with the question too.
   */
  'preview.openConflict': (jobId: string, path: string) => Preview;
  'preview.close': (session: string) => null;
}
