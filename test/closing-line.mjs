/** Prints 'N passed, N failed, N skipped' over vitest's result file and the steps before it, and ends with 1 if anything failed. */

import { readFileSync } from 'node:fs';

const [file, failedSteps] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8'));
const suites = results.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
).length;
const failed = results.numFailedTests + suites + Number(failedSteps);
console.log(
  `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped`,
);
process.exitCode = failed > 0 || results.numPassedTests === 0 ? 1 : 0;
