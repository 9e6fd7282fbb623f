/**
 * Prints 'N passed, N failed, N skipped' over vitest's result file, the steps before it and the USB rig's output (where it ran), and ends with 1 if anything
 * failed. Before it: which tests passed at their second try only, and at what they failed first (end-to-end tests have two).
 */

import { readFileSync } from 'node:fs';

const [file, failedSteps, vitestStatus, usbLog] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8'));
const suites = results.testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
).length;
const failedTests = results.numFailedTests + suites;
// vitest also ends with an error when something was thrown outside of a test.
const outside = failedTests === 0 && vitestStatus !== '0' ? 1 : 0;
const usb = usbLog === undefined ? { passed: 0, failed: 0, skipped: 0 } : usbCounts(readFileSync(usbLog, 'utf8'));
const passed = results.numPassedTests + usb.passed;
const failed = failedTests + outside + Number(failedSteps) + usb.failed;
const skipped = results.numPendingTests + results.numTodoTests + usb.skipped;
const again = results.testResults
  .flatMap((suite) => suite.assertionResults)
  .filter((test) => test.status === 'passed' && test.failureMessages.length > 0);
for (const { fullName, failureMessages } of again)
  console.log(`passed only when it was tried once more: ${fullName}\n${failureMessages.join('\n')}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || results.numPassedTests === 0 ? 1 : 0;

/** Of the rig's last line. A rig that did not come to it has failed. */
function usbCounts(output) {
  const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(output.trim().split('\n').at(-1) ?? '');
  if (counts === null) return { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = counts.slice(1).map(Number);
  return { passed, failed, skipped };
}
