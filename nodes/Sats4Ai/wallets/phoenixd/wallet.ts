import type { PayableInvoice } from '../../l402/payer';
import {
	connectApi,
	PAY_CALL_GRACE_MS,
	PAY_CALL_LINGERS_MS,
	readAnswer,
	trouble,
	unavailable,
	type ApiAnswer,
	type CallApi,
} from '../api';
import { asInteger, asObject, asText } from '../json';
import { readNetwork } from '../network';
import { notPhoenixd, readPhoenixdLookup, readPhoenixdPayment } from './answer';
import { phoenixdReceiver } from './receiver';
import { confirmRefusal } from '../refusal';
import { requirePassword, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletUnavailable } from '../wallet';

/** What the one peer of every phoenixd takes (`conf/Lsp.kt`): 4 sat and 0.4 %. */
const FEE_BASE_MSAT = 4_000n;
const FEE_PER_THOUSAND = 4n;

/** phoenixd does not look at the user name. */
export const BASIC_AUTH_USER = 'phoenix';

/** phoenixd 0.5.0 and later: before, a payment cannot be looked up by its hash. */
export const phoenixd: WalletBackend = {
	name: 'phoenixd',
	connect(settings, ports) {
		const url = requireUrl(settings, 'phoenixd');
		const password = requirePassword(settings.password, 'Password');
		const authorization = `Basic ${Buffer.from(`${BASIC_AUTH_USER}:${password}`).toString('base64')}`;
		// The form has no certificate fields for phoenixd: what another wallet left there is not ours.
		const trust = { url, caCertificate: '', ignoreSslIssues: false };
		return phoenixdWallet(connectApi(ports.http, trust, { authorization }));
	},
};

function phoenixdWallet(call: CallApi): Wallet {
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) => {
		const path = `/payments/outgoingbyhash/${paymentHash}`;
		return readPhoenixdLookup(await call({ method: 'GET', path, timeoutMs }), paymentHash);
	};
	return {
		name: 'phoenixd',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const feeMsat = phoenixdFeeMsat(invoice.amountMsat);
			if (feeMsat > maxFeeMsat) {
				const reason = `phoenixd takes a fee of ${feeMsat} msat, and ${maxFeeMsat} msat are allowed`;
				return { status: 'notSent', cause: 'feeLimit', reason };
			}
			const answer = await call({
				method: 'POST',
				path: '/payinvoice',
				body: new URLSearchParams({ invoice: invoice.text }).toString(),
				timeoutMs: timeoutMs + PAY_CALL_GRACE_MS,
			});
			const outcome = readPhoenixdPayment(answer, invoice.paymentHash);
			return await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
		},
		lookupPayment: lookup,
		...phoenixdReceiver(call),
		async describe(timeoutMs) {
			const info = readInfo(await call({ method: 'GET', path: '/getinfo', timeoutMs }));
			if (info.status === 'unavailable') return info;
			const balance = await call({ method: 'GET', path: '/getbalance', timeoutMs });
			return { ...info, spendableMsat: readSpendableMsat(balance) };
		},
	};
}

/** The fee phoenixd will take for an amount, rounded up. */
export function phoenixdFeeMsat(amountMsat: bigint): bigint {
	return FEE_BASE_MSAT + (amountMsat * FEE_PER_THOUSAND + 999n) / 1000n;
}

/** The node behind the answer to `GET /getinfo`, or why there is none. */
function readInfo(answer: ApiAnswer): WalletInfo | WalletUnavailable {
	const read = readAnswer(answer, 'phoenixd');
	if (read.kind === 'trouble') return unavailable(read);
	const body = asObject(read.json);
	if (read.status !== 200 || asText(body.nodeId) === '') {
		return unavailable(trouble('unreachable', notPhoenixd(read.status)));
	}
	const version = asText(body.version);
	if (/^0\.[0-4]\./.test(version)) {
		const reason = `this is phoenixd ${version}; 0.5.0 or later is needed to look payments up`;
		return unavailable(trouble('rejected', reason));
	}
	const network = readNetwork(body.chain);
	return { status: 'ok', network, alias: `phoenixd ${version}`.trim() };
}

function readSpendableMsat(answer: ApiAnswer): bigint | null {
	const body = answer.kind === 'answer' ? asObject(answer.json) : {};
	const balanceSat = asInteger(body.balanceSat);
	return balanceSat === null ? null : balanceSat * 1000n;
}
