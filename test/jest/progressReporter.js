const { relative } = require('node:path');
const { clearInterval, setInterval } = require('node:timers');

const CLEAR_LINE = '\r\x1b[2K';
/** Where nobody watches, one line of progress in so long a time. */
const SELDOM_MS = 20_000;
const OFTEN_MS = 1_000;

/**
 * What `npm test` prints: how far it is, each failure in full as soon as its file has ended, and one line
 * at the end. On a terminal the progress is one line that changes.
 */
module.exports = class ProgressReporter {
	/**
	 * @param {import('jest').Config} config
	 * @param {{ stream?: NodeJS.WriteStream, now?: () => number }} options For the test of this class.
	 */
	constructor({ rootDir }, { stream = process.stderr, now = Date.now } = {}) {
		Object.assign(this, { rootDir, stream, now });
		this.counts = { files: 0, allFiles: 0, passed: 0, failed: 0 };
	}

	onRunStart({ numTotalTestSuites }) {
		this.counts.allFiles = numTotalTestSuites;
		this.startedAt = this.now();
		const everyMs = this.stream.isTTY ? OFTEN_MS : SELDOM_MS;
		this.timer = setInterval(() => this.showProgress(), everyMs);
		this.timer.unref();
	}

	onTestCaseResult(_test, { status }) {
		if (status === 'passed') this.counts.passed += 1;
		if (status === 'failed') this.counts.failed += 1;
		if (this.stream.isTTY) this.showProgress();
	}

	onTestResult(_test, { testFilePath, failureMessage, console }) {
		this.counts.files += 1;
		const said = (console ?? []).map(({ type, message, origin }) => {
			return `console.${type}: ${message}\n${origin.split('\n')[0]}\n`;
		});
		if (said.length === 0 && !failureMessage) return;
		const verdict = failureMessage ? 'FAIL' : 'of';
		this.print(`${[`${verdict} ${this.pathOf(testFilePath)}`, ...said].join('\n')}\n`);
		if (failureMessage) this.print(`${failureMessage}\n`);
	}

	onRunComplete(_contexts, { testResults, numTotalTests, wasInterrupted, ...counted }) {
		clearInterval(this.timer);
		const failed = testResults.flatMap((file) => this.failuresIn(file));
		for (const name of failed) this.print(`failed: ${name}\n`);
		const skipped = counted.numPendingTests + counted.numTodoTests;
		const tests = `${grouped(numTotalTests - skipped)} tests in ${grouped(testResults.length)} files`;
		const parts = [
			failed.length === 0 ? `${tests} passed` : `${grouped(failed.length)} of ${tests} failed`,
			...(skipped > 0 ? [`${grouped(skipped)} did not run`] : []),
			...(wasInterrupted ? ['broken off'] : []),
			`${this.seconds()} s`,
		];
		this.print(`${parts.join(', ')}\n`);
	}

	/** A file that does not load has no tests, and fails as a whole. */
	failuresIn({ testFilePath, testResults, failureMessage }) {
		const path = this.pathOf(testFilePath);
		const failed = testResults.filter(({ status }) => status === 'failed');
		if (failed.length > 0) return failed.map(({ fullName }) => `${path}: ${fullName}`);
		return failureMessage ? [path] : [];
	}

	showProgress() {
		const { files, allFiles, passed, failed } = this.counts;
		const parts = [
			`${files} of ${allFiles} files`,
			`${grouped(passed)} tests passed`,
			...(failed > 0 ? [`${grouped(failed)} failed`] : []),
			`${this.seconds()} s`,
		];
		this.stream.write(
			this.stream.isTTY ? `${CLEAR_LINE}${parts.join(', ')}` : `${parts.join(', ')}\n`,
		);
	}

	print(text) {
		this.stream.write(this.stream.isTTY ? `${CLEAR_LINE}${text}` : text);
	}

	pathOf(file) {
		return relative(this.rootDir, file);
	}

	seconds() {
		return Math.round((this.now() - this.startedAt) / 1_000);
	}
};

function grouped(count) {
	return count.toLocaleString('en-US');
}
