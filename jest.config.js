/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/', '<rootDir>/test/lightning/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { isolatedModules: true, diagnostics: false }],
		'node_modules/(@noble|qr|fast-png|iobuffer|fflate)/.+\\.m?js$': [
			'ts-jest',
			{ isolatedModules: true, diagnostics: false, tsconfig: { allowJs: true } },
		],
	},
	transformIgnorePatterns: ['/node_modules/(?!(@noble|qr|fast-png|iobuffer|fflate)/)'],
	testTimeout: 60_000,
};
