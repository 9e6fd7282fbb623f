/** A picture, by Chromium's own decoders, after its header said how large it becomes. SVG is shown as a picture too: in an <img> its scripts and links are dead. */

import { element } from '../element.ts';
import { LookError, readWhole, within } from '../file.ts';
import { imageSize } from '../formats/image-size.ts';
import type { Shown, View } from '../view.ts';

/** A picture of 100 megapixels stored plainly is larger than any camera's; beyond, it is no picture to look at. */
const MAX_BYTES = 256 * 1024 * 1024;
/** 400 MB of memory when decoded. */
const MAX_PIXELS = 100_000_000;
const DECODE_MS = 10_000;
const SVG = 'image/svg+xml';

export const imageView: View = async ({ root, shown, signal, facts }) => {
  // The bytes that were judged are the bytes that are decoded, whatever the stick answers the second time.
  const bytes = await readWhole(shown.sizeBytes, MAX_BYTES);
  if (shown.mime !== SVG) {
    const size = imageSize(bytes);
    if (size === null) throw new LookError('damaged');
    facts(size);
    if (size.width * size.height > MAX_PIXELS) throw new LookError('too-many-pixels');
  }
  const address = URL.createObjectURL(new Blob([bytes], { type: shown.mime }));
  signal.addEventListener('abort', () => URL.revokeObjectURL(address));
  const image = element('img', { src: address, alt: shown.texts.image, draggable: 'false' });
  await within(DECODE_MS, image.decode()).catch((error: unknown) => {
    throw error instanceof LookError ? error : new LookError('damaged');
  });
  if (signal.aborted) return;
  const isDrawing = shown.mime === SVG;
  // As drawn: turned as its camera was held. A drawing has no size of its own.
  if (!isDrawing) facts({ width: image.naturalWidth, height: image.naturalHeight });
  const label = { role: 'region', 'aria-label': shown.texts.image };
  const stage = element('div', { class: 'stage', 'data-scrolls': '', tabindex: '0', ...label }, image);
  root.append(stage);
  const fits = image.naturalWidth <= stage.clientWidth && image.naturalHeight <= stage.clientHeight;
  if (!isDrawing && !fits) root.append(element('div', { class: 'pills' }, zoomButton(stage, image, shown.texts)));
};

function zoomButton(stage: HTMLElement, image: HTMLElement, texts: Shown['texts']): HTMLElement {
  const button = element('button', { type: 'button', class: 'pill' });
  const setZoom = (actual: boolean) => {
    stage.classList.toggle('actual', actual);
    button.textContent = actual ? texts.fit : texts.actualSize;
  };
  const toggle = () => setZoom(!stage.classList.contains('actual'));
  button.addEventListener('click', toggle);
  image.addEventListener('dblclick', toggle);
  setZoom(false);
  return button;
}
