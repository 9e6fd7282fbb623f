/** pdf.js' own worker, built as one plain script: in a page of an opaque origin a worker comes from a blob, and a module from a blob would need a wider policy. */

import 'pdfjs-dist/build/pdf.worker.min.mjs';
