import { describeWallet } from '../contract';
import { startNwc } from '../emulators/nwc';

describeWallet('nwc over a relay with a login', async () => await startNwc({ login: 'atOnce' }));
describeWallet(
	'nwc over a relay that cannot pick out answers',
	async () => await startNwc({ closes: (filter) => ('#e' in filter ? 'unsupported: #e' : null) }),
);
