// What the unit tests use of jest, for mocha: it keeps the modules of a test between two mutants, where jest
// loads them anew, which takes fifty times as long.
const { expect } = require('expect');
const fc = require('fast-check');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');

/** Mocha sets its functions again with each file: then they get their `each` again. */
function withEach(name) {
	let current = globalThis[name];
	Object.defineProperty(globalThis, name, {
		configurable: true,
		get: () => current,
		set: (given) => {
			current = Object.assign(given, { each: bind(given, false) });
		},
	});
	globalThis[name] = current;
}

withEach('it');
withEach('describe');
Object.defineProperty(globalThis, 'test', { get: () => globalThis.it });

const mocker = new ModuleMocker(globalThis);
Object.assign(globalThis, {
	expect,
	beforeAll: globalThis.before,
	afterAll: globalThis.after,
	jest: {
		fn: mocker.fn.bind(mocker),
		spyOn: mocker.spyOn.bind(mocker),
		restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
		setTimeout: () => undefined,
	},
});

/** For each property: what it does not show by then, a mutant does not wait for. */
const LONGEST_MS = 100;

// A mutant that is found in one run is found in the next.
fc.configureGlobal({ seed: 402, interruptAfterTimeLimit: LONGEST_MS });
