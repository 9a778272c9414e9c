import { standInFront, type Instead } from './inFront';
import { reportOf } from './outcome';
import { CONTINUE, inScene } from './scene';

const SERVICE = 'http://pictures.onion';
const LINK = 'http://refunds.onion/w';
/** One of each kind; `test/lnurl/inside.ts` has them all. */
const HOSTS = [
	'localhost.',
	'127.0.0.1',
	'2130706433',
	'[::1]',
	'[::ffff:127.0.0.1]',
	'10.0.0.1',
	'169.254.169.254',
	'192.168.0.1',
	'[fd12:3456::1]',
	'n8n-main.internal',
];

/** A service on the internet, reached by a proxy, that refuses what is paid and offers it back. */
async function refundBy(link: string, answers: Record<string, object>, paymentTimeout = 10) {
	const asked: string[] = [];
	const outcome = { asked, refund: {}, invoices: 0 };
	await inScene({}, async (scene) => {
		const refused = JSON.stringify({
			error: 'no',
			refund: { refund_amount: 5, lnurl_withdraw: link },
		});
		const proxy = await standInFront(
			scene.sandbox.serviceUrl,
			({ path, hasProof }): Instead | undefined => {
				if (hasProof) return { status: 422, body: refused };
				if (path.startsWith(SERVICE)) return undefined;
				asked.push(path);
				return { status: 200, body: JSON.stringify(answers[path] ?? {}) };
			},
		);
		const { items } = await scene.run({
			parameters: { requestOptions: { proxy: proxy.url } },
			options: { baseUrl: SERVICE, claimRefunds: true, paymentTimeout },
			settings: CONTINUE,
		});
		await proxy.close();
		outcome.refund = reportOf(items[0]).refund ?? {};
		outcome.invoices = scene.sandbox.wallet.invoices.length;
		expect(scene.paid).toHaveLength(1);
	});
	return outcome;
}

function offering(callback: string) {
	return {
		tag: 'withdrawRequest',
		callback,
		k1: 'k1',
		minWithdrawable: 1_000,
		maxWithdrawable: 5_000,
	};
}

describe('the refund of a service on the internet', () => {
	it('is asked for by a link that leads there too', async () => {
		const { asked, invoices } = await refundBy(
			LINK,
			{ [LINK]: offering('http://pay.onion/cb') },
			3,
		);
		expect(asked[0]).toBe(LINK);
		expect(asked[1]).toMatch(/^http:\/\/pay\.onion\/cb\?k1=k1&pr=lnbcrt/);
		expect(invoices).toBe(1);
	});

	it.each(HOSTS)('is not asked for at %s', async (host) => {
		for (const link of [`https://${host}/w`, `http://${host}/w`]) {
			const { asked, refund, invoices } = await refundBy(link, {});
			expect(asked).toEqual([]);
			expect(refund).toMatchObject({
				status: expect.stringMatching(/offered|unreadable/) as string,
			});
			expect(invoices).toBe(0);
		}
	});

	it.each(HOSTS)('is not handed over by a callback to %s', async (host) => {
		for (const callback of [`https://${host}/cb`, `http://${host}/cb`]) {
			const { asked, refund, invoices } = await refundBy(LINK, { [LINK]: offering(callback) });
			expect(asked).toEqual([LINK]);
			expect(refund).toMatchObject({ status: 'offered', reason: expect.any(String) as string });
			expect(invoices).toBe(0);
		}
	});
});
