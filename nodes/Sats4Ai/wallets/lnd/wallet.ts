import type { PayableInvoice } from '../../l402/payer';
import {
	connectApi,
	PAY_CALL_GRACE_MS,
	PAY_CALL_LINGERS_MS,
	trouble,
	unavailable,
	type ApiAnswer,
	type CallApi,
} from '../api';
import { asArray, asInteger, asObject, asText } from '../json';
import { notLnd, readError, readLndAnswer, readLndLookup, readLndPayment } from './answer';
import { lndReceiver } from './receiver';
import { readMacaroonHex } from './macaroonHex';
import { readNetwork } from '../network';
import { confirmRefusal } from '../refusal';
import { readCaCertificate, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletUnavailable } from '../wallet';

/** LND by its REST API (0.18 to 0.21 were read), with a macaroon that may pay and look up. */
export const lnd: WalletBackend = {
	name: 'lnd',
	connect(settings, ports) {
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
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
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
		...lndReceiver(call),
		async describe(timeoutMs) {
			const info = readInfo(await call({ method: 'GET', path: '/v1/getinfo', timeoutMs }));
			if (info.status === 'unavailable') return info;
			const balance = await call({ method: 'GET', path: '/v1/balance/channels', timeoutMs });
			return { ...info, spendableMsat: readSpendableMsat(balance) };
		},
	};
}

/**
 * `bytes` in a path: base64url with its padding. grpc-gateway (`runtime/convert.go`) reads neither
 * hex nor base64url without the padding, and the slash of plain base64 would break the path.
 */
function pathHash(paymentHash: string): string {
	return Buffer.from(paymentHash, 'hex').toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

/** The node behind the answer to `GET /v1/getinfo`, or why there is none. */
function readInfo(answer: ApiAnswer): WalletInfo | WalletUnavailable {
	const read = readLndAnswer(answer);
	if (read.kind === 'trouble') return unavailable(read);
	const body = asObject(read.json);
	if (read.status === 200 && asText(body.identity_pubkey) !== '') {
		const network = readNetwork(asObject(asArray(body.chains)[0]).network);
		return { status: 'ok', network, alias: asText(body.alias) };
	}
	const { message } = readError(read.json);
	const said = `LND answered HTTP ${read.status}: ${message}`;
	return unavailable(trouble('unreachable', message === '' ? notLnd(read.status) : said));
}

/** null where the macaroon may not ask, which is no reason to refuse it. */
function readSpendableMsat(answer: ApiAnswer): bigint | null {
	const body = answer.kind === 'answer' ? asObject(answer.json) : {};
	return asInteger(asObject(body.local_balance).msat);
}
