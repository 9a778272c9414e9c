import { walletBackends } from '../../nodes/Sats4Ai/wallets/backends';
import { describeWallet } from './contract';
import { describeFaults, type CannotHappen } from './faults';
import { describeReceiving } from './receiving';
import { describeSpending } from './spending';
import { startCln } from './emulators/cln';
import type { StartEmulator } from './emulators/emulated';
import { startLnbits } from './emulators/lnbits';
import { startLnd } from './emulators/lnd';
import { startNwc } from './emulators/nwc';
import { startPhoenixd } from './emulators/phoenixd';

const emulators: Readonly<Record<string, StartEmulator>> = {
	cln: startCln,
	lnbits: startLnbits,
	lnd: startLnd,
	nwc: async () => await startNwc(),
	phoenixd: startPhoenixd,
};

test('every wallet of the list is held to the contract', () => {
	const names = walletBackends.map(({ name }) => name).sort();
	expect(Object.keys(emulators).sort()).toEqual(names);
});

/** What speaks HTTP is held to the faults of HTTP; relays have their own, in `nwc/relays.test.ts`. */
const overHttp: Readonly<Record<string, CannotHappen>> = {
	cln: { incoming: 'listpays shows no incoming payments' },
	lnbits: {},
	lnd: { incoming: 'TrackPaymentV2 shows no incoming payments' },
	phoenixd: { contradiction: 'its record has one field for the state' },
};

for (const [name, start] of Object.entries(emulators)) {
	describeWallet(name, start);
	describeReceiving(name, start);
	describeSpending(name, start);
	const cannot = overHttp[name];
	if (cannot !== undefined) describeFaults(name, start, cannot);
}
describeWallet('cln before xpay', async () => await startCln({ hasXpay: false }));
describeWallet(
	'cln before xpay, with a rune for pay',
	async () => await startCln({ hasXpay: false, runeIsForPay: true }),
);
describeWallet('cln of v23.08', async () => await startCln({ hasXpay: false, wraps: true }));
describeSpending('cln of v23.08', async () => await startCln({ hasXpay: false, wraps: true }));
describeSpending('cln before v24.11', async () => await startCln({ hasXpay: false }));
describeWallet('nwc without NIP-44', async () => await startNwc({ encryption: 'nip04' }));
describeWallet('nwc over a relay with a login', async () => await startNwc({ login: 'atOnce' }));
describeWallet(
	'nwc over a relay that cannot pick out answers',
	async () => await startNwc({ closes: (filter) => ('#e' in filter ? 'unsupported: #e' : null) }),
);
