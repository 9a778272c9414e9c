import { sampled } from '../../depth';
import { describeWallet } from '../contract';
import { startNwc, type NwcOptions } from '../emulators/nwc';

const VARIANTS: ReadonlyArray<readonly [name: string, options: NwcOptions]> = [
	['nwc without NIP-44', { encryption: 'nip04' }],
	['nwc over a relay with a login', { login: 'atOnce' }],
	[
		'nwc over a relay that cannot pick out answers',
		{ closes: (filter) => ('#e' in filter ? 'unsupported: #e' : null) },
	],
];

// What sets them apart is tried in `exchange.test.ts` and `relays.test.ts`, too.
for (const [name, options] of sampled(VARIANTS, 3, 1)) {
	describeWallet(name, async () => await startNwc(options));
}
