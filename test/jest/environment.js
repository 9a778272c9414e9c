const { createRequire } = require('node:module');
const { TestEnvironment } = require('jest-environment-node');

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
