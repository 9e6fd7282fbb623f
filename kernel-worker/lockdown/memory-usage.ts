/**
 * process.memoryUsage() for a process that can no longer open /proc/self/stat, where libuv looks for the resident size;
 * without this it throws. Source of the numbers: proc_pid_statm(5), opened before.
 */
import fs from 'node:fs';

/** statm holds seven decimal numbers. */
const STATM_BYTES = 256;

/** Replaces process.memoryUsage, keeping all its answers; `external` then includes the array buffers as V8 counts them. */
export function answerMemoryUsageFrom(statm: number, pageBytes: number): void {
  const text = Buffer.alloc(STATM_BYTES);

  function rss(): number {
    const length = fs.readSync(statm, text, 0, STATM_BYTES, 0);
    return Number(text.toString('latin1', 0, length).split(' ')[1]) * pageBytes;
  }

  function memoryUsage(): NodeJS.MemoryUsage {
    // Loaded when first asked for: the tools that only read and print never do.
    const heap = process.getBuiltinModule('node:v8').getHeapStatistics();
    return {
      rss: rss(),
      heapTotal: heap.total_heap_size,
      heapUsed: heap.used_heap_size,
      external: heap.external_memory,
      arrayBuffers: heap.external_memory,
    };
  }

  process.memoryUsage = Object.assign(memoryUsage, { rss });
}
