import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For the runes in the renderer's state modules.
  plugins: [svelte()],
  test: {
    include: [
      'assets/**/*.test.ts',
      'main/**/*.test.ts',
      'kernel-worker/**/*.test.ts',
      'renderer/**/*.test.ts',
      'preview/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    globalSetup: 'test/build-once.ts',
    maxWorkers: 2,
    // Longer than any test takes on two busy cores; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // vitest's own is one second, which two busy cores are often not quick enough for.
    expect: { poll: { timeout: 45_000, interval: 50 } },
  },
});
