/** What the interface's page may load and do, in either shell (Content Security Policy, W3C). */

/**
 * `connect`: where it may connect to: its own WebSocket in the browser shell, nothing in Electron. `frame`: the origin of the frame that shows files, which also
 * bounds where that frame can be led to.
 */
export function contentSecurityPolicy(connect: string, frame: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Positions of rows and widths of columns and bars are set as style properties by script, which this does not concern; Svelte's style
    // attributes in markup it does.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${connect}`,
    `frame-src ${frame}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}

/** Sent with every file of the interface. */
export function securityHeaders(connect: string, frame: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect, frame),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
  };
}
