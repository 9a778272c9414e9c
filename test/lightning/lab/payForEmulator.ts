import type { EmulatedWallet } from '../../wallets/emulators/emulated';
import type { Json, Lnd } from './lnd';

/**
 * Gives an emulated wallet a real node: what the emulator is asked to pay is paid by `payer` over
 * Lightning, and what becomes of it is what the emulator tells. Only the API stays emulated.
 */
export function payForEmulator({ node }: EmulatedWallet, payer: Lnd, seller: Lnd): void {
	const record = node.send.bind(node);
	const pay = async (paymentHash: string): Promise<void> => {
		const payment = await payOver(payer, await textOf(seller, paymentHash));
		if (payment.status !== 'SUCCEEDED') {
			node.fail(paymentHash);
			return;
		}
		node.feeMsat = BigInt(String(payment.fee_msat));
		node.preimages.set(paymentHash, String(payment.payment_preimage));
		node.settle(paymentHash);
	};
	node.send = (paymentHash, amountMsat) => {
		node.plan = 'hold';
		const payment = record(paymentHash, amountMsat);
		// LND refuses an unknown recipient and an expired invoice with an error.
		pay(paymentHash).catch(() => node.fail(paymentHash));
		return payment;
	};
}

/** The emulators keep only the hash. */
async function textOf(seller: Lnd, paymentHash: string): Promise<string> {
	return String((await seller.get(`/v1/invoice/${paymentHash}`)).payment_request);
}

/** Pays an invoice; false where the node says that it has paid it already. Throws for all else. */
export async function paysNow(payer: Lnd, invoice: string): Promise<boolean> {
	const payment = await payOver(payer, invoice).catch((cause: unknown) => {
		if (cause instanceof Error && /already paid/.test(cause.message)) return null;
		throw cause;
	});
	if (payment === null) return false;
	if (payment.status !== 'SUCCEEDED') throw new Error(`Not paid: ${JSON.stringify(payment)}`);
	return true;
}

async function payOver(payer: Lnd, invoice: string): Promise<Json> {
	const body = {
		payment_request: invoice,
		fee_limit_msat: '10000',
		timeout_seconds: 30,
		no_inflight_updates: true,
	};
	return (await payer.post('/v2/router/send', body, 120_000)).result as Json;
}
