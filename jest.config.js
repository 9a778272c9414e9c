const { devDependencies } = require('./package.json');

/**
 * Packages that tests use: not those that jest itself consists of, nor esbuild, which knows no regular
 * expression of another context.
 */
const packages = Object.keys(devDependencies)
	.filter((name) => !/^(jest|@jest\/|@swc\/|@types\/|esbuild$)/.test(name))
	.join('|');

/**
 * What tests look up most among the globals. Each look-up in the context of a test file goes through a
 * proxy, which took half of the time of whatever works on numbers. Not the clock and timers, which tests replace.
 */
const GLOBALS = [
	'Array',
	'BigInt',
	'Boolean',
	'Buffer',
	'Error',
	'Float32Array',
	'JSON',
	'Map',
	'Math',
	'Number',
	'Object',
	'Promise',
	'RangeError',
	'RegExp',
	'Set',
	'String',
	'Symbol',
	'TypeError',
	'URL',
	'Uint8Array',
	'WeakMap',
];

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.js',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// These need a whole n8n or real Lightning nodes, and have commands of their own.
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/n8n/',
		'<rootDir>/test/lightning/lightning.test.ts',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tools/'],
	transform: {
		// `npm run lint` checks the types; here they are only taken off.
		'\\.ts$': [
			'@swc/jest',
			{ swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
		],
		'/node_modules/.+\\.[cm]?js$': '<rootDir>/test/jest/packages.js',
	},
	transformIgnorePatterns: [`/node_modules/(?!(${packages})/)`],
	testSequencer: '<rootDir>/test/jest/longestFirst.js',
	reporters: ['<rootDir>/test/jest/progressReporter.js'],
	sandboxInjectedGlobals: GLOBALS,
	// Most tests wait for servers and pauses: more of them at once than there are processors. `npm test` also
	// gives V8 more room for what does not live long, which saves a fifth of the processor time.
	maxWorkers: 8,
	testTimeout: 120_000,
};
