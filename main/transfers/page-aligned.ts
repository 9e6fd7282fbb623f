/** Memory that begins on a page, as reads past the host's cache (O_DIRECT) need it: WebAssembly's does, and ordinary buffers' need not. */

const WASM_PAGE_BYTES = 65536;

/** The part of the WebAssembly interface (W3C) that is used; Node's type definitions leave it to the DOM's. */
declare const WebAssembly: {
  Memory: new (descriptor: {
    initial: number;
    maximum: number;
    shared: boolean;
  }) => { buffer: ArrayBuffer | SharedArrayBuffer };
};

/** At least `lengthBytes`, zeroed, that threads can share. */
export function pageAlignedMemory(lengthBytes: number): SharedArrayBuffer {
  const pages = Math.ceil(lengthBytes / WASM_PAGE_BYTES);
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  if (!(buffer instanceof SharedArrayBuffer)) throw new Error('there is no shared memory here');
  return buffer;
}
