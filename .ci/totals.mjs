// node totals.mjs FOLDER STEPS: names what failed, and adds up jest's JSON reports. STEPS is how many
// steps did not pass; those that no failed test accounts for (lint, a test run that broke off) count
// as one failure each.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MOST_OF_A_REASON = 2_000;

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

for (const failure of reports.flatMap(failuresIn)) console.log(`failed: ${failure}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** What failed in a report, with the beginning of the reason: jest's own, or that of the whole n8n. */
function failuresIn({ failures = [], testResults = [] }) {
	const inFiles = testResults.flatMap(({ name, status, message, assertionResults }) => {
		const failed = assertionResults.filter((result) => result.status === 'failed');
		const broken = status === 'failed' && failed.length === 0;
		return [
			...failed.map(
				({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`,
			),
			...(broken ? [`${name}\n${message}`] : []),
		];
	});
	return [...failures, ...inFiles].map((text) => text.slice(0, MOST_OF_A_REASON));
}
