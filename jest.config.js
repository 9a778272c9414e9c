/** Packages that are published as ES modules only; jest runs CommonJS. */
const esModules = ['@noble', '@scure', 'qr', 'fast-png', 'iobuffer', 'fflate'].join('|');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
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
		'^.+\\.ts$': ['ts-jest', { diagnostics: false }],
		[`node_modules/(${esModules})/.+\\.m?js$`]: [
			'ts-jest',
			{
				diagnostics: false,
				tsconfig: { allowJs: true, isolatedModules: true, module: 'commonjs', target: 'es2022' },
			},
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${esModules})/)`],
	// Most tests wait for servers and pauses: more of them at once than there are processors.
	maxWorkers: 4,
	testTimeout: 120_000,
};
