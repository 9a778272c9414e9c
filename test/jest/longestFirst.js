const { default: Sequencer } = require('@jest/test-sequencer');

/** jest knows from the run before which files take long; in a fresh clone it goes by their size. */
const LONG = [
	'wallets/nwc/contract',
	'wallets/nwc/relays',
	'engine/payQuoteWallets',
	'engine/nostr',
	'model/model',
	'model/engine',
	'demo/demo',
	'engine/savedState',
	'wallets/nwc/',
	'wallets/cln/contract',
	'engine/',
	'model/',
	'conformance/',
	'sandbox/',
	'wallets/',
];

/** Begins with what takes long, so that no worker is left alone with it at the end. */
module.exports = class extends Sequencer {
	sort(tests) {
		const rank = ({ path, duration }) => {
			if (typeof duration === 'number') return 0;
			const at = LONG.findIndex((name) => path.includes(`/test/${name}`));
			return at === -1 ? LONG.length : at;
		};
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
};
