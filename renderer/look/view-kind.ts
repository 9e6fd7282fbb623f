/** How a file is shown and what it is called, by its content and never by its name alone. */

import type { ContentType } from '../../main/contract.ts';
import type { ViewName } from '../../preview/protocol.ts';
import { messages } from '../messages/messages.ts';

/** Pictures that Chromium has decoders for, and whose size can be judged before they are decoded (preview/formats/image-size.ts). SVG has none. */
const PICTURES = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
  'image/vnd.microsoft.icon',
  'image/svg+xml',
];
/** Written text without being judged as text. */
const WRITTEN = ['application/rtf', 'application/postscript'];
/** Kinds of ZIP archive. */
const ZIPPED =
  /^application\/(?:zip|epub\+zip|java-archive|appx|x-ios-app|vnd\.(?:openxmlformats|oasis|sun\.xml|android\.package|ms-xpsdocument|ms-visio\.drawing)|vnd\.ms-.*\.macroEnabled)/;

export const DISK_IMAGES = [
  'application/vnd.efi.iso',
  'application/x-qemu-disk',
  'application/x-vhdx-disk',
  'application/x-vhd-disk',
];

const VIEWS: Record<string, ViewName> = {
  'application/pdf': 'pdf',
  'application/x-tar': 'tar',
  'application/gzip': 'gzip',
  'application/x-7z-compressed': 'seven-zip',
};

/** `content`: null where it is not known. */
export function viewFor(content: ContentType | null): ViewName {
  if (content === null) return 'strings';
  const { mime } = content;
  if (PICTURES.includes(mime)) return 'image';
  if (Object.hasOwn(VIEWS, mime)) return VIEWS[mime];
  if (ZIPPED.test(mime)) return 'zip';
  if (mime.startsWith('font/')) return 'font';
  if (content.class === 'sound') return 'audio';
  if (content.class === 'video') return 'video';
  return content.charset !== undefined || WRITTEN.includes(mime) ? 'text' : 'strings';
}

/** What of a file can be told apart at a glance: the others are named. */
const GLANCES: readonly ViewName[] = ['image', 'text', 'pdf', 'video'];
/** Pictures are read whole: nobody has asked for a larger one, which a slow stick gives in minutes. */
const MAX_GLANCE_BYTES = 32 * 1024 * 1024;

/** null: there is nothing to be seen of it in a small pane. */
export function glanceFor(content: ContentType | null, sizeBytes: number): ViewName | null {
  const view = viewFor(content);
  if (view === 'image' && sizeBytes > MAX_GLANCE_BYTES) return null;
  return GLANCES.includes(view) ? view : null;
}

/** 'PNG picture'; of kinds without a name of their own 'Document'. */
export function contentName(content: ContentType | null): string {
  const { mimes, types } = messages.look;
  if (content === null) return types.other;
  return Object.hasOwn(mimes, content.mime) ? mimes[content.mime as keyof typeof mimes] : types[content.class];
}
