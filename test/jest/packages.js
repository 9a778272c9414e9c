/**
 * In the place of a package's file: what Node itself makes of it. jest would load each package again for
 * each test file, and n8n's engine has 1,700 files; Node loads it once for all test files of a worker.
 * It is how n8n loads it, too: ES modules included, outside the context that jest makes for a test file.
 */
module.exports = {
	process: (_source, path) => ({
		code: `module.exports = requireByNode(${JSON.stringify(path)});`,
	}),
};
