import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Of a real browser on a busy machine: one that fails is tried once more, aloud ('retry x1' in the log, counted beside the last line). */
const END_TO_END = 'test/end-to-end/**/*.test.ts';

export default defineConfig({
  // For the runes in the renderer's state modules.
  plugins: [svelte()],
  test: {
    globalSetup: 'test/build-once.ts',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'whole',
          include: [
            'assets/**/*.test.ts',
            'main/**/*.test.ts',
            'kernel-worker/**/*.test.ts',
            'renderer/**/*.test.ts',
            'preview/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: [END_TO_END],
        },
      },
      { extends: true, test: { name: 'end to end', include: [END_TO_END], retry: 1 } },
    ],
    // Longer than any test takes on two busy cores; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // vitest's own is one second, which two busy cores are often not quick enough for.
    expect: { poll: { timeout: 45_000, interval: 50 } },
  },
});
