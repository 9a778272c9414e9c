import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Reporter {
	onRunStart(results: object): void;
	onTestCaseResult(test: object, result: object): void;
	onTestResult(test: object, result: object): void;
	onRunComplete(contexts: object, results: object): void;
}
type ReporterClass = new (config: object, options: object) => Reporter;

const ProgressReporter = createRequire(__filename)('./progressReporter.js') as ReporterClass;
const ROOT = join('/', 'package');

/** What is printed of a run of two files, of which the first passes. */
function printed(isTTY: boolean, second: object, skipped = 0): string {
	let text = '';
	let time = 0;
	const stream = { isTTY, write: (chunk: string) => (text += chunk) };
	const reporter = new ProgressReporter({ rootDir: ROOT }, { stream, now: () => time });
	const good = { testFilePath: join(ROOT, 'test', 'good.test.ts'), failureMessage: null };
	const passed = { status: 'passed', fullName: 'pays once' };
	const files = [
		{ ...good, testResults: [passed, passed] },
		{ testFilePath: join(ROOT, 'test', 'bad.test.ts'), testResults: [], ...second },
	];
	reporter.onRunStart({ numTotalTestSuites: 2 });
	for (const file of files) {
		time += 4_600;
		for (const result of file.testResults) reporter.onTestCaseResult({}, result);
		reporter.onTestResult({}, file);
	}
	reporter.onRunComplete(new Set(), {
		testResults: files,
		numTotalTests: 1_234,
		numPendingTests: skipped,
		numTodoTests: 0,
		wasInterrupted: false,
	});
	return text;
}

const failing = {
	failureMessage: '  ● pays twice\n\n    expected 1, received 2\n',
	testResults: [{ status: 'failed', fullName: 'pays twice' }],
};
const loud = { console: [{ type: 'log', message: 'hello', origin: 'at bad.test.ts:1\nat more' }] };
const path = join('test', 'bad.test.ts');

test('of a run without failures there is one line', () => {
	expect(printed(false, { failureMessage: null })).toBe('1,234 tests in 2 files passed, 9 s\n');
});

test('what did not run is not counted with what passed', () => {
	const text = printed(false, { failureMessage: null }, 4);
	expect(text).toBe('1,230 tests in 2 files passed, 4 did not run, 9 s\n');
});

test('a failure is printed in full, and named again at the end', () => {
	expect(printed(false, failing).split('\n')).toEqual([
		`FAIL ${path}`,
		...failing.failureMessage.split('\n'),
		`failed: ${path}: pays twice`,
		'1 of 1,234 tests in 2 files failed, 9 s',
		'',
	]);
});

test('a file that does not load is a failure, too', () => {
	const text = printed(false, { failureMessage: 'Cannot find module' });
	expect(text).toContain(`FAIL ${path}\nCannot find module\n`);
	expect(text).toContain(`failed: ${path}\n1 of 1,234 tests in 2 files failed, 9 s\n`);
});

test('what a test writes on the console is printed, with its place', () => {
	const text = printed(false, { failureMessage: null, ...loud });
	expect(text).toContain(`of ${path}\nconsole.log: hello\nat bad.test.ts:1\n`);
});

test('on a terminal one line says how far the run is', () => {
	const lines = printed(true, failing).split('\r\x1b[2K');
	expect(lines).toContain('0 of 2 files, 2 tests passed, 5 s');
	expect(lines).toContain('1 of 2 files, 2 tests passed, 1 failed, 9 s');
	expect(lines.at(-1)).toBe('1 of 1,234 tests in 2 files failed, 9 s\n');
});
