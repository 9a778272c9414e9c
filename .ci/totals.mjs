// node totals.mjs FOLDER STEPS: adds up jest's JSON reports. STEPS is how many steps did not pass;
// those that no failed test accounts for (lint, a test run that broke off) count as one failure each.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder, steps] = process.argv;
const reports = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const sum = (count) => reports.reduce((total, report) => total + count(report), 0);

const passed = sum((report) => report.numPassedTests);
// A file that does not even load has no tests of its own to fail.
const failedTests = sum((report) => report.numFailedTests + report.numRuntimeErrorTestSuites);
const failedRuns = reports.filter((report) => !report.success).length;
const failed = failedTests + Math.max(0, Number(steps) - failedRuns) + (passed === 0 ? 1 : 0);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
