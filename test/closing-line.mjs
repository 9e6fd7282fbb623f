/** Prints 'N passed, N failed, N skipped' over vitest's result file and the steps before it, and ends with 1 if anything failed. */

import { readFileSync } from 'node:fs';

const [file, failedSteps, vitestStatus] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8'));
const suites = results.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
).length;
const failedTests = results.numFailedTests + suites;
// vitest also ends with an error when something was thrown outside of a test.
const outside = failedTests === 0 && vitestStatus !== '0' ? 1 : 0;
const failed = failedTests + outside + Number(failedSteps);
console.log(
  `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped`,
);
process.exitCode = failed > 0 || results.numPassedTests === 0 ? 1 : 0;
