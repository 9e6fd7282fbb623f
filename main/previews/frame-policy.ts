/**
 * What the frame that shows a file may load and do (Content Security Policy 3, Fetch metadata, HTML's sandbox): its own built files, and the bytes of the one
 * file of its session; scripts run in an opaque origin, without cookies, storage, network, forms, windows or navigation of what embeds it.
 */

/** `address`: the session's, without a slash at its end. `embedder`: the origin of the app's page. */
export function framePolicy(address: string, embedder: string): string {
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    // WebAssembly: decoders of pictures inside PDF files. It compiles bytes of the frame's own files and evaluates no text.
    `script-src ${address}/app/ 'wasm-unsafe-eval'`,
    `style-src ${address}/app/`,
    'img-src blob:',
    `media-src ${address}/content`,
    `connect-src ${address}/content ${address}/app/`,
    // Made from the frame's own files: a sandboxed page may start a worker from no other address.
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${embedder}`,
    "require-trusted-types-for 'script'",
    'trusted-types airlock-look',
  ].join('; ');
}

/** Should bytes of a file ever be opened as a page: nothing of them acts. */
export const CONTENT_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Everything that a page may be granted beyond its own pixels, refused. */
const PERMISSIONS = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
];

/** Sent with every answer. */
export const FRAME_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  // The frame's origin is opaque, which is the same site as nothing; the address is what keeps others out.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Permissions-Policy': PERMISSIONS.map((name) => `${name}=()`).join(', '),
};
