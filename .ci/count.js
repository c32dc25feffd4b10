// Counts the tests of both runners, usual and long, by their own reports; a runner that left none is named.
import { existsSync, readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0, skipped: 0 };
const missing = [];

function count(runner, tally) {
  const path = new URL(`../test-results/${runner}.json`, import.meta.url);
  if (!existsSync(path)) {
    missing.push(runner);
    return;
  }
  const { passed, failed, skipped } = tally(JSON.parse(readFileSync(path, 'utf8')));
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

const ofVitest = (report) => ({
  passed: report.numPassedTests,
  // A file that could not be loaded has no tests, and failed all the same.
  failed:
    report.numFailedTests +
    report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length)
      .length,
  skipped: report.numPendingTests + report.numTodoTests,
});

const ofPlaywright = ({ stats, errors }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  skipped: stats.skipped,
});

count('vitest', ofVitest);
count('playwright', ofPlaywright);
count('vitest-long', ofVitest);
count('playwright-long', ofPlaywright);

if (missing.length) console.log(`Not run: ${missing.join(', ')}. See the first failure above.`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
