/** Who may import whom: the folder tells the process, and the process tells the trust. See ARCHITECTURE.md. */
const TESTS = '\\.test\\.ts$|^test/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'worker-imports-neither',
      comment: 'kernel-worker knows nothing of main and renderer',
      severity: 'error',
      from: { path: '^kernel-worker/', pathNot: TESTS },
      to: { path: '^(main|renderer|test)/' },
    },
    {
      name: 'main-imports-the-worker-contract-only',
      comment: 'main sees types of the worker contract, and starts the worker by path',
      severity: 'error',
      from: { path: '^main/', pathNot: TESTS },
      to: { path: '^(kernel-worker|renderer|test)/', pathNot: '^kernel-worker/contract\\.ts$' },
    },
    {
      name: 'main-imports-types-of-the-worker-only',
      severity: 'error',
      from: { path: '^main/', pathNot: TESTS },
      to: { path: '^kernel-worker/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lists-of-archives-stand-alone',
      comment: 'they are read in the worker and in the preview frame: no Node, no kernel, no page',
      severity: 'error',
      from: { path: '^kernel-worker/content/archives/', pathNot: TESTS },
      to: {
        pathNot: [
          '^kernel-worker/content/archives/',
          '^kernel-worker/rump/vfs/bytes\\.ts$',
          '^(node_modules/)?lzma1(/|$)',
        ],
      },
    },
    {
      name: 'renderer-imports-the-main-contract-only',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { path: '^(main|kernel-worker|test)/', pathNot: '^main/contract(\\.ts|/[a-z-]+\\.ts)$' },
    },
    {
      name: 'renderer-imports-types-of-the-preview-protocol-only',
      comment: 'what decodes files runs in a sandboxed frame of another origin, and nowhere else',
      severity: 'error',
      from: { path: '^(main|kernel-worker|renderer)/', pathNot: TESTS },
      to: { path: '^preview/', pathNot: '^preview/protocol\\.ts$' },
    },
    {
      name: 'preview-imports-nothing-of-the-app',
      comment: 'but the reader of archives that the look-out has too: pure functions over bytes',
      severity: 'error',
      from: { path: '^preview/', pathNot: TESTS },
      to: { path: '^(main|kernel-worker|renderer|assets|test)/', pathNot: '^kernel-worker/content/archives/' },
    },
    {
      name: 'preview-has-no-node',
      severity: 'error',
      from: { path: '^preview/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'messages-import-messages-only',
      severity: 'error',
      from: { path: '^assets/messages/', pathNot: TESTS },
      to: { pathNot: '^assets/messages/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'drivers-know-vfs-only',
      comment: 'drivers import rump/vfs, rump/errno and rump/lib, their own folder, and iconv-lite',
      severity: 'error',
      from: { path: '^kernel-worker/fs/([^/]+)/', pathNot: TESTS },
      to: {
        pathNot: [
          '^kernel-worker/fs/$1/',
          '^kernel-worker/rump/(vfs|lib)/',
          '^kernel-worker/rump/errno\\.ts$',
          'iconv-lite',
        ],
      },
    },
    {
      name: 'kernel-knows-no-process',
      comment: 'of Node, rump/ uses zlib in rump/lib only; no process, no files',
      severity: 'error',
      from: { path: '^kernel-worker/rump/', pathNot: [TESTS, '^kernel-worker/rump/lib/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kernel-lib-uses-zlib-only',
      severity: 'error',
      from: { path: '^kernel-worker/rump/lib/', pathNot: TESTS },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?zlib$' },
    },
    {
      name: 'electron-in-its-shell-only',
      severity: 'error',
      from: { path: '^(main|kernel-worker|renderer)/', pathNot: '^main/app/|^main/start\\.ts$' },
      to: { path: '^electron$|node_modules/electron/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.svelte', '.json', '.mjs'] },
  },
};
