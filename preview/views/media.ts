/** Sound and film, by Chromium's own decoders over ranges of the file. Nothing plays by itself. */

import { element } from '../element.ts';
import { contentAddress, LookError } from '../file.ts';
import type { View } from '../view.ts';

/** Without any bytes or any progress for so long nothing comes any more. */
const STILL_MS = 10_000;
const ALL_MS = 60_000;

export const mediaView: View = async ({ root, shown, signal, facts }) => {
  const isVideo = shown.view === 'video';
  const label = isVideo ? shown.texts.video : shown.texts.audio;
  const media = element(isVideo ? 'video' : 'audio', {
    ...(shown.small ? { muted: '' } : { controls: '' }),
    // With the controls that lead out of the pane left away.
    controlslist: 'nodownload nofullscreen noremoteplayback',
    disablepictureinpicture: '',
    disableremoteplayback: '',
    crossorigin: 'anonymous',
    preload: 'metadata',
    'aria-label': label,
  });
  signal.addEventListener('abort', () => {
    media.removeAttribute('src');
    media.load();
  });
  await loaded(media, contentAddress());
  if (signal.aborted) return;
  const seconds = Number.isFinite(media.duration) ? { seconds: media.duration } : {};
  const hasPicture = media instanceof HTMLVideoElement && media.videoWidth > 0;
  const size = hasPicture ? { width: media.videoWidth, height: media.videoHeight } : {};
  facts({ ...seconds, ...size });
  if (!hasPicture) root.classList.add('only-sound');
  root.append(...(hasPicture ? [] : [disc()]), media);
};

/** Resolves when duration and size are known. LookError. */
function loaded(media: HTMLMediaElement, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let movedAt = started;
    const watch = setInterval(() => {
      const now = performance.now();
      if (now - movedAt > STILL_MS || now - started > ALL_MS) end(() => reject(new LookError('slow')));
    }, 500);
    const end = (settle: () => void) => {
      clearInterval(watch);
      settle();
    };
    media.addEventListener('progress', () => {
      movedAt = performance.now();
    });
    media.addEventListener('loadedmetadata', () => end(resolve), { once: true });
    media.addEventListener('error', () => end(() => reject(new LookError(codeOf(media.error)))), { once: true });
    media.src = address;
  });
}

function codeOf(error: MediaError | null): 'codec' | 'unreadable' | 'damaged' {
  if (error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) return 'codec';
  return error?.code === MediaError.MEDIA_ERR_NETWORK ? 'unreadable' : 'damaged';
}

/** A record, drawn by the style sheet. */
function disc(): HTMLElement {
  return element('div', { class: 'disc', 'aria-hidden': 'true' });
}
