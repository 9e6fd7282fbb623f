/** Pictures and film as Chromium's own encoders write them, for tests and pictures of Quick Look: no such file has to be kept in the project. */

import type { Browser } from 'playwright-core';

/** A JPEG, a WebP and a short film, as Chromium writes them. */
export async function chromiumMade(
  browser: Browser,
): Promise<{ jpeg: Uint8Array; webp: Uint8Array; webm: Uint8Array }> {
  const page = await browser.newPage();
  const made = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1000;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    const draw = (at: number) => {
      const sky = context.createLinearGradient(0, 0, 0, canvas.height);
      sky.addColorStop(0, '#f6c26b');
      sky.addColorStop(0.55, '#d9736a');
      sky.addColorStop(0.56, '#20566b');
      sky.addColorStop(1, '#0b2a3a');
      context.fillStyle = sky;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#fff1c9';
      context.beginPath();
      context.arc(canvas.width * (0.3 + at * 0.3), canvas.height * 0.5, canvas.height * 0.12, 0, 7);
      context.fill();
    };
    const base64 = async (blob: Blob | null) => {
      if (blob === null) throw new Error('nothing was made');
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    };
    const still = (type: string) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.8));
    draw(0.5);
    const jpeg = await base64(await still('image/jpeg'));
    const webp = await base64(await still('image/webp'));
    canvas.width = 640;
    canvas.height = 360;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const ended = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let i = 0; i <= 30; i++) {
      draw(i / 30);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    recorder.stop();
    await ended;
    return { jpeg, webp, webm: await base64(new Blob(parts)) };
  });
  await page.close();
  return {
    jpeg: Buffer.from(made.jpeg, 'base64'),
    webp: Buffer.from(made.webp, 'base64'),
    webm: Buffer.from(made.webm, 'base64'),
  };
}
