import { inspect } from 'node:util';
import type { WantedInvoice } from '../../nodes/Sats4Ai/l402/receiver';
import { readInvoice } from '../../sandbox/mintInvoice';
import type { StartEmulator } from './emulators/emulated';
import { Stage, stageFor } from './stage';

const WANTED: WantedInvoice = {
	amountMsat: 5_000n,
	network: 'mainnet',
	memo: 'Refund of a picture',
	expirySeconds: 86_400,
	timeoutMs: 5_000,
};
/** For answers that never come: long enough for one that does. */
const HURRIED = { ...WANTED, timeoutMs: 1_000 };
const WORDS = expect.stringMatching(/\w+/);

class ReceivingStage extends Stage {
	readonly received = async (paymentHash: string) =>
		await this.wallet.lookupReceived(paymentHash, 5_000);
}

/** What taking a refund may expect of every wallet, whatever its API looks like. */
export function describeReceiving(title: string, start: StartEmulator): void {
	describe(`${title}, receiving`, () => {
		const held = stageFor(start, ReceivingStage);

		test.concurrent(
			'makes an invoice for exactly what is asked',
			held(async ({ emulated, wallet }) => {
				const made = await wallet.makeInvoice(WANTED);
				if (made.status !== 'made') throw new Error(inspect(made));
				const invoice = readInvoice(made.text);
				expect(invoice).toMatchObject({
					amountMsat: 5_000,
					network: 'mainnet',
					description: WANTED.memo,
					expirySeconds: 86_400,
					paymentHash: made.paymentHash,
				});
				expect(made.expiresAt).toBe((invoice.timestamp + 86_400) * 1_000);
				expect(emulated.payCalls()).toBe(0);
			}),
		);

		test.concurrent(
			'knows whether it was paid',
			held(async ({ emulated, wallet, received }) => {
				const made = await wallet.makeInvoice(WANTED);
				if (made.status !== 'made') throw new Error(inspect(made));
				const record = emulated.node.invoices.get(made.paymentHash);
				if (record === undefined) throw new Error('no such invoice');
				expect(await received(made.paymentHash)).toEqual({ status: 'waiting' });
				record.state = 'paid';
				expect(await received(made.paymentHash)).toEqual({ status: 'received' });
				record.state = 'expired';
				expect(await received(made.paymentHash)).toEqual({ status: 'expired' });
			}),
		);

		test.concurrent(
			'takes neither an unknown hash nor a payment of its own for money that came in',
			held(async ({ emulated, received }) => {
				const hash = 'ab'.repeat(32);
				expect(await received(hash)).toEqual({ status: 'unknown', reason: WORDS });
				emulated.node.send(hash, 5_000n);
				expect(await received(hash)).toEqual({ status: 'unknown', reason: WORDS });
			}),
		);

		test.concurrent.each(['amount', 'network', 'text'] as const)(
			'an invoice with another %s than asked is none',
			held(async ({ emulated, wallet }, bend) => {
				emulated.node.bend = bend;
				const made = await wallet.makeInvoice(WANTED);
				expect(made).toEqual({ status: 'failed', reason: WORDS });
			}),
		);

		test.concurrent(
			'a part of a sat is asked for exactly, or not at all',
			held(async ({ wallet }) => {
				const made = await wallet.makeInvoice({ ...WANTED, amountMsat: 4_500n });
				if (made.status === 'made') expect(readInvoice(made.text).amountMsat).toBe(4_500);
				else expect(made).toEqual({ status: 'unsupported', reason: WORDS });
				const inSats = ['lnbits', 'phoenixd'].includes(wallet.name);
				expect(made.status).toBe(inSats ? 'unsupported' : 'made');
			}),
		);

		test.concurrent(
			'a secret that may only pay makes none, and says so',
			held(async ({ emulated, wallet, openedWith }) => {
				const { payOnly } = emulated;
				if (payOnly === undefined) {
					expect(['lnbits', 'phoenixd']).toContain(wallet.name);
					return;
				}
				const made = await openedWith(payOnly).makeInvoice(WANTED);
				expect(made).toEqual({ status: 'unsupported', reason: WORDS });
				expect(emulated.node.invoices.size).toBe(0);
			}),
		);

		test.concurrent(
			'a wrong secret makes none',
			held(async ({ emulated, openedWith }) => {
				const made = await openedWith(emulated.wrongSecret).makeInvoice(WANTED);
				expect(made).toEqual({ status: 'unsupported', reason: WORDS });
			}),
		);

		test.concurrent(
			'unreachable',
			held(async ({ emulated, wallet, received }) => {
				await emulated.close();
				expect(await wallet.makeInvoice(WANTED)).toEqual({ status: 'failed', reason: WORDS });
				expect(await received('ab'.repeat(32))).toEqual({ status: 'unknown', reason: WORDS });
			}),
		);

		test.concurrent.each(['cut', 'oddBody', 'badGateway', 'redirect'] as const)(
			'%s: no invoice, and no secret in the reason',
			held(async ({ emulated, openedWith }, fault) => {
				emulated.breakWith(fault, 'https://elsewhere.example');
				const made = await openedWith(emulated.settings, 1_000).makeInvoice(HURRIED);
				expect(made).toEqual({ status: 'failed', reason: WORDS });
				for (const secret of emulated.secrets) expect(inspect(made)).not.toContain(secret);
			}),
		);
	});
}
