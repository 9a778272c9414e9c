// Stryker's settings for the folder that MUTATED names; `npm run test:mutation` sets it.
import targets from './targets.js';

const name = process.env.MUTATED ?? '';
const kept = `tools/mutation/reports/${name}`;

export default {
	packageManager: 'npm',
	mutate: targets.named(name).mutate,
	testRunner: 'mocha',
	plugins: ['@stryker-mutator/mocha-runner'],
	mochaOptions: {
		spec: targets.named(name).tests,
		ignore: [
			'**/*.fuzz.test.ts',
			'**/*.differential.test.ts',
			'**/heavyHeaders.test.ts',
			'**/pieces.test.ts',
		],
		require: ['./test/mutation/loadTypeScript.js'],
		file: ['./test/mutation/jestGlobals.js'],
	},
	coverageAnalysis: 'perTest',
	incremental: true,
	incrementalFile: `${kept}.incremental.json`,
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: `${kept}.json` },
	tempDirName: 'tools/mutation/sandbox',
	ignorePatterns: ['/dist', '/tools', '/bench', '/demo', '/docs', '/examples', '/test/n8n'],
	concurrency: 2,
	// An endless loop is found by this; a busy machine must not be taken for one.
	timeoutMS: 10_000,
	timeoutFactor: 4,
	allowConsoleColors: false,
	checkers: [],
	thresholds: { high: 90, low: 90, break: null },
};
