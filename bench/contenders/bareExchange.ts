import { Agent } from 'undici';
import { SERVICE_PATH, WALLET_AUTHORIZATION } from '../servers/settings';
import { concurrently } from './concurrently';
import { bodyOf, checkPicture, type Contender, type Job } from './contender';

/**
 * The floor: two posts of the same bytes and one wallet call over open connections, in undici, with
 * nothing around them. The body is encoded before the clock starts, nothing is checked or stored.
 */
export const bareExchange: Contender = {
	name: 'bare',
	prepare: async (job) => {
		const body = bodyOf(job.picture);
		const buy = async () => void (await buyBare(body, job));
		return async () => await concurrently(job.items, job.concurrency, buy);
	},
};

const keptOpen = new Agent();
const OFFER = /^L402 token="([^"]+)", invoice="([^"]+)"$/;

/** Answers the picture. */
export async function buyBare(body: Buffer, job: Job, agent = keptOpen): Promise<Buffer> {
	const post = { origin: job.urls.service, path: SERVICE_PATH, method: 'POST', body } as const;
	const type = { 'content-type': 'application/json' };
	const asked = await agent.request({ ...post, headers: type });
	await asked.body.dump();
	const [, token = '', invoice = ''] = OFFER.exec(String(asked.headers['www-authenticate'])) ?? [];
	const preimage = await payWithPhoenixd(job.urls.wallet, invoice, agent);
	const authorization = `L402 ${token}:${preimage}`;
	const redeemed = await agent.request({ ...post, headers: { ...type, authorization } });
	const picture = Buffer.from(await redeemed.body.arrayBuffer());
	checkPicture(picture.length, job);
	return picture;
}

/** The wallet call of all contenders that bring none of their own. */
export async function payWithPhoenixd(
	walletUrl: string,
	invoice: string,
	agent = keptOpen,
): Promise<string> {
	const paid = await agent.request({
		origin: walletUrl,
		path: '/payinvoice',
		method: 'POST',
		headers: {
			authorization: WALLET_AUTHORIZATION,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ invoice }).toString(),
	});
	const { paymentPreimage } = (await paid.body.json()) as { paymentPreimage: string };
	return paymentPreimage;
}
