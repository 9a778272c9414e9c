const { join } = require('node:path');
const base = require('../../jest.config.js');

/** Real servers, one lab for all tests: started with `npm run test:lightning`. */
module.exports = {
	...base,
	rootDir: join(__dirname, '..', '..'),
	testMatch: ['<rootDir>/test/lightning/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 1,
	testTimeout: 180_000,
};
