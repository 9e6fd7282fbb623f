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
/** Along the longer side: twice the pane of a glance, for dense screens. */
const GLANCE_PIXELS = 640;
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
  if (shown.small) {
    root.append(element('div', { class: 'stage' }, await stillOf(image).catch(damaged)));
    return;
  }
  const label = { role: 'region', 'aria-label': shown.texts.image };
  const stage = element('div', { class: 'stage', 'data-scrolls': '', tabindex: '0', ...label }, image);
  root.append(stage);
  const fits = image.naturalWidth <= stage.clientWidth && image.naturalHeight <= stage.clientHeight;
  if (!isDrawing && !fits) root.append(element('div', { class: 'pills' }, zoomButton(stage, image, shown.texts)));
};

/** The picture, or the first of one that moves, no larger than a glance needs. */
async function stillOf(image: HTMLImageElement): Promise<HTMLElement> {
  const { naturalWidth: width, naturalHeight: height } = image;
  // A drawing without a size of its own stays as it is.
  if (width === 0 || height === 0) return image;
  const scale = Math.min(1, GLANCE_PIXELS / Math.max(width, height));
  const resizeWidth = Math.max(1, Math.round(width * scale));
  const resizeHeight = Math.max(1, Math.round(height * scale));
  const bitmap = await createImageBitmap(image, { resizeWidth, resizeHeight, resizeQuality: 'high' });
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  canvas.width = resizeWidth;
  canvas.height = resizeHeight;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return canvas;
}

function damaged(): never {
  throw new LookError('damaged');
}

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
