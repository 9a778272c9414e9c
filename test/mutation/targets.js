/** What is mutated, in folders that are counted apart, and the tests that are to find it. */
const targets = {
	bolt11: { mutate: ['nodes/Sats4Ai/bolt11/**/*.ts'], tests: ['test/bolt11/*.test.ts'] },
	l402: { mutate: ['nodes/Sats4Ai/l402/**/*.ts'], tests: ['test/l402/*.test.ts'] },
	lnurl: { mutate: ['nodes/Sats4Ai/lnurl/**/*.ts'], tests: ['test/lnurl/*.test.ts'] },
	answers: {
		mutate: [
			'nodes/Sats4Ai/wallets/*/answer.ts',
			'nodes/Sats4Ai/wallets/lnd/update.ts',
			'nodes/Sats4Ai/wallets/json.ts',
			'nodes/Sats4Ai/wallets/proof.ts',
			'nodes/Sats4Ai/wallets/refusal.ts',
		],
		tests: [
			'test/wallets/*/answer.test.ts',
			'test/wallets/*/words.test.ts',
			'test/wallets/proof.test.ts',
			'test/wallets/refusal.test.ts',
		],
	},
	purchase: {
		mutate: ['nodes/Sats4Ai/purchase/**/*.ts', '!nodes/Sats4Ai/purchase/service/picture/**'],
		tests: ['test/purchase/**/*.test.ts'],
	},
	pictures: {
		mutate: ['nodes/Sats4Ai/purchase/service/picture/**/*.ts'],
		tests: ['test/pictures/*.test.ts', 'test/purchase/service/*.test.ts'],
	},
};

function named(name) {
	const target = targets[name];
	if (target === undefined) throw new Error(`There is no folder ${name} to mutate`);
	return target;
}

module.exports = { targets, named };
