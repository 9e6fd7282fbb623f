/** A koffi that calls nothing and writes down what it was to call, for the platforms that the tests do not run on. */
import type { Koffi, LockdownHost } from './native.ts';

export interface RecordedCall {
  readonly library: string | null;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** `results` says what a function answers; what is not there answers `otherwise`. */
export function recordingHost(
  platform: string,
  otherwise: number,
  results: Readonly<Record<string, number>> = {},
): { host: LockdownHost; calls: RecordedCall[]; buffers: Uint8Array[] } {
  const calls: RecordedCall[] = [];
  const buffers: Uint8Array[] = [];
  const koffi: Koffi = {
    load: (library) => ({
      func(definition) {
        const name = /(\w+)\(/.exec(definition)?.[1] ?? definition;
        return (...args) => {
          calls.push({ library, name, args });
          return results[name] ?? otherwise;
        };
      },
    }),
    errno: () => 42,
    /** An address is one more than the buffer's place in `buffers`. */
    address: (buffer) => BigInt(buffers.push(buffer)),
  };
  return { host: { platform, arch: 'arm64', loadKoffi: () => koffi }, calls, buffers };
}
