// tsx conformance/clients/albyMain.ts [recover]: Alby's library as a program would call it
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch402, type Fetch402InterruptedError } from '@getalby/lightning-tools/402';
import { fromEnvironment, type Order } from '../order';
import { albyWallet, type AlbyWallet } from './albyWallets';

type Options = Parameters<typeof fetch402>[2];
type Paid = Awaited<ReturnType<typeof fetch402>>;

/**
 * With `recover` as the library's README describes ("Recovering from a failure after paying"): what
 * was interrupted or paid is written down, and the next call looks the payment up, resumes it or uses
 * its credentials. Without, each call is one `fetch402`, as in the README's first example.
 */
async function main(order: Order, wallet: AlbyWallet, recovers: boolean): Promise<void> {
	const notes = join(order.stateFolder, 'alby.json');
	const noted = recovers && existsSync(notes) ? readFileSync(notes, 'utf8') : null;
	const options = noted === null ? {} : await resumption(JSON.parse(noted) as Note, wallet);
	const response = await request(order, { wallet, ...options }).catch((cause: unknown) => {
		if (isInterrupted(cause)) writeFileSync(notes, JSON.stringify(cause));
		throw cause;
	});
	const { payment } = response;
	if (payment !== undefined) {
		writeFileSync(notes, JSON.stringify({ paid: true, credentials: payment.credentials }));
	}
	if (!response.ok) throw new Error(`The service answered ${response.status}`);
	writeFileSync(order.outFile, Buffer.from(await response.arrayBuffer()));
}

/** What is kept of a purchase that was begun: the error's own fields, or the credentials alone. */
type Note =
	| (Pick<Fetch402InterruptedError, 'credentials'> & { readonly paid: true })
	| (Pick<Fetch402InterruptedError, 'paymentHash' | 'pendingPayment'> & { readonly paid: false });

/** Throws where it cannot be known yet whether money has left. */
async function resumption(note: Note, wallet: AlbyWallet): Promise<Partial<Options>> {
	if (note.paid) return { credentials: note.credentials };
	const found = await wallet.lookupInvoice({ payment_hash: note.paymentHash });
	if (found.preimage) {
		return { resume: { pendingPayment: note.pendingPayment, preimage: found.preimage } };
	}
	if (found.state === 'failed') return {};
	throw new Error('The payment is still under way');
}

async function request(order: Order, options: Options): Promise<Paid> {
	const fetched = {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: order.body,
	};
	return await fetch402(order.url, fetched, { ...options, maxAmount: order.maxSat });
}

function isInterrupted(cause: unknown): cause is Fetch402InterruptedError {
	return cause instanceof Error && cause.name === 'Fetch402InterruptedError';
}

const order = fromEnvironment(process.env);
const wallet = albyWallet(order);
main(order, wallet, process.argv.includes('recover'))
	.catch((cause: unknown) => {
		process.exitCode = 1;
		const said = cause instanceof Error ? { ...cause, message: cause.message } : String(cause);
		process.stderr.write(`${JSON.stringify(said)}\n`);
	})
	.finally(() => wallet.close?.());
