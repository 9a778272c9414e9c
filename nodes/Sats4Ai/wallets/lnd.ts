import type { PayableInvoice } from '../l402/payer';
import { connectApi, PAY_CALL_GRACE_MS, type ApiAnswer, type CallApi } from './api';
import { asArray, asInteger, asObject, asText } from './json';
import { notLnd, readError, readLndLookup, readLndPayment, readLndTrouble } from './lndAnswer';
import { readMacaroonHex } from './macaroon';
import { readNetwork } from './network';
import { confirmRefusal } from './refusal';
import { readCaCertificate, requireUrl } from './settings';
import type { Wallet, WalletBackend, WalletUnavailable } from './wallet';

/** LND by its REST API (0.18 to 0.21 were read), with a macaroon that may pay and look up. */
export const lnd: WalletBackend = {
	name: 'lnd',
	open(settings, ports) {
		const url = requireUrl(settings, 'LND');
		const macaroon = readMacaroonHex(settings.macaroon);
		const caCertificate = readCaCertificate(settings.caCertificate);
		const trust = { url, caCertificate, ignoreSslIssues: settings.ignoreSslIssues };
		return lndWallet(connectApi(ports.http, trust, { 'grpc-metadata-macaroon': macaroon }));
	},
};

function lndWallet(call: CallApi): Wallet {
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) => {
		const path = `/v2/router/track/${pathHash(paymentHash)}?no_inflight_updates=false`;
		const answer = await call({ method: 'GET', path, timeoutMs, firstLineOnly: true });
		return readLndLookup(answer, paymentHash);
	};
	return {
		name: 'lnd',
		feeLimit: 'exact',
		notFoundIsFinal: true,
		refusesDuplicates: true,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const answer = await call({
				method: 'POST',
				path: '/v2/router/send',
				// Nothing else: LND refuses a field it does not know, and `cancelable` must stay unset,
				// so that a dropped connection leaves the payment to be looked up.
				body: {
					payment_request: invoice.text,
					fee_limit_msat: maxFeeMsat.toString(),
					timeout_seconds: Math.max(1, Math.floor(timeoutMs / 1000)),
					no_inflight_updates: true,
				},
				timeoutMs: timeoutMs + PAY_CALL_GRACE_MS,
			});
			const outcome = readLndPayment(answer, invoice.paymentHash);
			return await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
		},
		lookupPayment: lookup,
		async describe(timeoutMs) {
			const info = await call({ method: 'GET', path: '/v1/getinfo', timeoutMs });
			const unavailable = readUnavailable(info);
			if (unavailable !== null) return unavailable;
			const balance = await call({ method: 'GET', path: '/v1/balance/channels', timeoutMs });
			return { status: 'ok', ...readInfo(info), spendableMsat: readSpendableMsat(balance) };
		},
	};
}

/**
 * `bytes` in a path: base64url with its padding. grpc-gateway (`runtime/convert.go`) reads neither
 * hex nor base64url without the padding, and the slash of plain base64 would break the path.
 */
export function pathHash(paymentHash: string): string {
	return Buffer.from(paymentHash, 'hex').toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

function readUnavailable(info: ApiAnswer): WalletUnavailable | null {
	const trouble = readLndTrouble(info);
	if (trouble !== null) {
		return { status: 'unavailable', cause: trouble.cause, reason: trouble.reason };
	}
	if (info.kind === 'answer' && info.status === 200) {
		if (asText(asObject(info.json).identity_pubkey) !== '') return null;
	}
	const status = info.kind === 'answer' ? info.status : 0;
	const message = info.kind === 'answer' ? readError(info.json).message : '';
	const reason = message === '' ? notLnd(status) : `LND answered HTTP ${status}: ${message}`;
	return { status: 'unavailable', cause: 'unreachable', reason };
}

function readInfo(info: ApiAnswer) {
	const body = info.kind === 'answer' ? asObject(info.json) : {};
	const network = readNetwork(asObject(asArray(body.chains)[0]).network);
	return { network, alias: asText(body.alias) };
}

/** null where the macaroon may not ask, which is no reason to refuse it. */
function readSpendableMsat(balance: ApiAnswer): bigint | null {
	const body = balance.kind === 'answer' && balance.status === 200 ? asObject(balance.json) : {};
	return asInteger(asObject(body.local_balance).msat);
}
