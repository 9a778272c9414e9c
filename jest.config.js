const { devDependencies } = require('./package.json');

/**
 * Packages that tests use: not those that jest itself consists of, nor esbuild, which knows no regular
 * expression of another context.
 */
const packages = Object.keys(devDependencies)
	.filter((name) => !/^(jest|@jest\/|@swc\/|@types\/|esbuild$)/.test(name))
	.join('|');

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
	// Most tests wait for servers and pauses: more of them at once than there are processors.
	maxWorkers: 4,
	testTimeout: 120_000,
};
