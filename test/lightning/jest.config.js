const { join } = require('node:path');
const base = require('../../jest.config.js');

/**
 * Real servers, one lab for all tests: started with `npm run test:lightning`. The contract suite fills
 * the cells of the table that no real server can.
 */
module.exports = {
	...base,
	rootDir: join(__dirname, '..', '..'),
	testMatch: [
		'<rootDir>/test/lightning/lightning.test.ts',
		'<rootDir>/test/wallets/*/contract*.test.ts',
	],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 1,
	testTimeout: 300_000,
};
