import { sampled } from '../depth';
import { STRANGERS } from '../wallets/emulators/strangers';
import { inScene } from './scene';

const MACAROON = `0201036c6e64${'5a'.repeat(60)}`;
const WALLETS = [
	['lnd', { wallet: 'lnd', macaroon: MACAROON }],
	['cln', { wallet: 'cln', rune: 'cvYHSY6VTmWNcBUPv27jaBqvBGzjWH1M9z5Bq8zmYVY=' }],
	['lnbits', { wallet: 'lnbits', adminKey: 'f'.repeat(32) }],
	['phoenixd', { wallet: 'phoenixd', password: 'word' }],
] as const;

const PATIENT = { paymentTimeout: 60 };

describe.each(WALLETS)('what is at the URL of %s and is no wallet:', (name, credential) => {
	const first = WALLETS.findIndex(([wallet]) => wallet === name);
	test.each(sampled(STRANGERS, 4, first))(
		'$what ends at once, with nothing spent',
		async ({ says, start }) => {
			const stranger = await start();
			await inScene({}, async (scene) => {
				const failure = await scene.failure({
					credential: {
						...credential,
						ignoreSslIssues: says.source.includes('HTTP'),
						url: stranger.url,
					},
					options: PATIENT,
				});
				expect(failure).toMatchObject({
					code: 'WALLET_UNREACHABLE',
					spent: 'no',
					message: expect.stringMatching(says),
				});
				expect(failure.message).not.toContain('secret');
				// One question, or two where the first answer is odd, and nothing that could be a payment.
				expect(stranger.posts()).toEqual([]);
			}).finally(stranger.close);
		},
	);
});
