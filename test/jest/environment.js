const { createRequire } = require('node:module');
const { TestEnvironment } = require('jest-environment-node');

/**
 * jest gives a worker half a second to end, and reports one that takes longer. Node takes that long to
 * tidy up what n8n's engine leaves in memory, which an exit of its own accord leaves to the system.
 */
process.once('beforeExit', () => process.exit());

/**
 * jest's own environment for Node, with two things of the process around it: a `require` that
 * `packages.js` needs, and the real `process.env`, which n8n reads its settings from when it is loaded.
 */
module.exports = class extends TestEnvironment {
	constructor(...context) {
		super(...context);
		this.global.requireByNode = createRequire(module.filename);
		this.global.process.env = process.env;
	}
};
