/** Whether a file's name says something else than its content: a program that is called a picture. */

import type { ContentClass, ContentType } from '../../main/contract.ts';

/** What a name with such an extension promises. Sound and film share containers, so that each may be the other. */
const PROMISES: Array<[extensions: string, classes: readonly ContentClass[]]> = [
  ['jpg jpeg png gif bmp tif tiff webp heic heif avif ico psd', ['picture']],
  ['svg', ['picture', 'text']],
  ['mp3 m4a aac wav flac ogg opus wma aiff aif', ['sound', 'video']],
  ['mp4 m4v mov avi mkv webm wmv mpg mpeg flv 3gp', ['video', 'sound']],
  ['doc docx odt rtf xls xlsx ods ppt pptx odp epub', ['document']],
  ['txt md log csv json xml yaml yml css', ['text']],
  ['html htm', ['text', 'document']],
  ['zip 7z rar gz tgz bz2 xz tar', ['archive']],
];
const promised = new Map(
  PROMISES.flatMap(([extensions, classes]) => extensions.split(' ').map((extension) => [extension, classes] as const)),
);
/** Nothing is known, or nothing is there: no lie. */
const SAYS_NOTHING = ['application/octet-stream', 'application/x-empty'];

/** `extension`: in lower case, without its dot. */
export function isMismatch(extension: string, content: ContentType | null): boolean {
  if (content === null || SAYS_NOTHING.includes(content.mime)) return false;
  if (extension === 'pdf') return content.mime !== 'application/pdf';
  const classes = promised.get(extension);
  return classes !== undefined && !classes.includes(content.class);
}
