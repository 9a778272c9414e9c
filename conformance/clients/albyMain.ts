// tsx conformance/clients/lightningToolsMain.ts: Alby's library as a program would call it
import { writeFileSync } from 'node:fs';
import { fetch402 } from '@getalby/lightning-tools/402';
import { decodeInvoice } from '../../nodes/Sats4Ai/bolt11/invoice';
import { fromEnvironment } from '../order';
import { walletOf } from './walletOf';

const MAX_FEE_MSAT = 10_000n;

/** The library brings no wallet: this is the pay call of ours, and what the library makes of it. */
async function main(): Promise<void> {
	const order = fromEnvironment(process.env);
	const wallet = walletOf(order);
	const timeoutMs = order.timeoutSeconds * 1_000;
	const payInvoice = async ({ invoice: text }: { readonly invoice: string }) => {
		const { paymentHash, amountMsat } = decodeInvoice(text);
		const paid = await wallet.payInvoice(
			{ text, paymentHash, amountMsat: amountMsat ?? 0n },
			{ maxFeeMsat: MAX_FEE_MSAT, timeoutMs },
		);
		if (paid.status === 'paid' && paid.preimage !== null) return { preimage: paid.preimage };
		throw new Error(`The wallet did not pay: ${paid.status}`);
	};
	try {
		const response = await fetch402(
			order.url,
			{
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: order.body,
				signal: AbortSignal.timeout(timeoutMs * 2),
			},
			{ wallet: { payInvoice }, maxAmount: order.maxSat },
		);
		if (!response.ok) throw new Error(`The service answered ${response.status}`);
		writeFileSync(order.outFile, Buffer.from(await response.arrayBuffer()));
	} finally {
		wallet.close?.();
	}
}

main().catch((cause: unknown) => {
	process.stderr.write(
		`${cause instanceof Error ? JSON.stringify({ ...cause, message: cause.message }) : String(cause)}\n`,
	);
	process.exitCode = 1;
});
