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
import { LND } from '../httpWallet';
import { readNetwork } from '../network';
import { freeLookup, meetOnce } from '../presence';
import { confirmRefusal } from '../refusal';
import { notThere } from '../whatCame';
import {
	readError,
	readLndAnswer,
	RIGHTS,
	readLndLookup,
	readLndPayment,
	saidByLnd,
} from './answer';
import { explainLnd } from './explain';
import { readMacaroonHex } from './macaroonHex';
import { lndReceiver } from './receiver';
import { lndSpender } from './spending';
import { missingLndRight } from './rights';
import { isFinalUpdate, isUpdate } from './update';
import { readCaCertificate, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletPorts, WalletUnavailable } from '../wallet';

/** LND by its REST API (0.18 to 0.21 were read), with a macaroon that may pay and look up. */
export const lnd: WalletBackend = {
	name: 'lnd',
	connect(settings, ports) {
		const url = requireUrl(settings, 'LND');
		const macaroon = readMacaroonHex(settings.macaroon);
		const caCertificate = readCaCertificate(settings.caCertificate);
		const trust = { url, caCertificate, ignoreSslIssues: settings.ignoreSslIssues };
		const headers = { 'grpc-metadata-macaroon': macaroon };
		const call = connectApi(ports.http, LND, trust, headers);
		return lndWallet(call, meetOnce(call, LND, url, ports), ports);
	},
};

function lndWallet(
	call: CallApi,
	meet: ReturnType<typeof meetOnce>,
	{ elapsedMs }: Pick<WalletPorts, 'elapsedMs'>,
): Wallet {
	const track = (paymentHash: string) =>
		({
			method: 'GET',
			path: `/v2/router/track/${pathHash(paymentHash)}?no_inflight_updates=false`,
			isLastLine: isUpdate,
		}) as const;
	const lookup = async ({ paymentHash, amountMsat }: PayableInvoice, timeoutMs: number) => {
		const answer = await call({ ...track(paymentHash), timeoutMs });
		return await explainLnd(call, readLndLookup(answer, paymentHash), amountMsat);
	};
	return {
		name: 'lnd',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const freeCalls = [
				{ call: GET_INFO, read: readInfo },
				freeLookup(track(invoice.paymentHash), (answer) =>
					readLndLookup(answer, invoice.paymentHash),
				),
			];
			const meeting = await meet(freeCalls, timeoutMs);
			if ('absent' in meeting) return meeting.absent;
			const answer = await call({
				method: 'POST',
				path: '/v2/router/send',
				// Nothing else: LND refuses a field it does not know, and `cancelable` must stay unset,
				// so that a dropped connection leaves the payment to be looked up.
				body: {
					payment_request: invoice.text,
					fee_limit_msat: maxFeeMsat.toString(),
					timeout_seconds: Math.max(1, Math.floor(meeting.leftMs / 1000)),
					no_inflight_updates: true,
				},
				isLastLine: isFinalUpdate,
				timeoutMs: meeting.leftMs + PAY_CALL_GRACE_MS,
			});
			const outcome = readLndPayment(answer, invoice.paymentHash);
			const confirmed = await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
			return await explainLnd(call, confirmed, invoice.amountMsat);
		},
		lookupPayment: lookup,
		...lndReceiver(call),
		...lndSpender(call, elapsedMs),
		async describe(timeoutMs) {
			const info = readInfo(await call({ ...GET_INFO, timeoutMs }));
			if (info.status === 'unavailable') return info;
			const balance = await call({ method: 'GET', path: '/v1/balance/channels', timeoutMs });
			const lack = await missingLndRight(call, track(NEVER_PAID), timeoutMs);
			return lack ?? { ...info, spendableMsat: readSpendableMsat(balance) };
		},
	};
}

const GET_INFO = { method: 'GET', path: '/v1/getinfo' } as const;
/** The hash of no payment. */
const NEVER_PAID = '0'.repeat(64);

/**
 * `bytes` in a path: base64url with its padding. grpc-gateway (`runtime/convert.go`) reads neither
 * hex nor base64url without the padding, and the slash of plain base64 would break the path.
 */
function pathHash(paymentHash: string): string {
	return Buffer.from(paymentHash, 'hex').toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

/** The node behind the answer to `GET /v1/getinfo`, or why there is none. */
function readInfo(answer: ApiAnswer): WalletInfo | WalletUnavailable {
	const read = readLndAnswer(answer, RIGHTS.info);
	if (read.kind === 'trouble') return unavailable(read);
	const body = asObject(read.json);
	if (read.status === 200 && asText(body.identity_pubkey) !== '') {
		const network = readNetwork(asObject(asArray(body.chains)[0]).network);
		return { status: 'ok', network, alias: asText(body.alias) };
	}
	const isMute = read.status === 404 || readError(read.json).message === '';
	return unavailable(trouble('unreachable', isMute ? notThere(read, LND) : saidByLnd(read)));
}

/** null where the macaroon may not ask, which is no reason to refuse it. */
function readSpendableMsat(answer: ApiAnswer): bigint | null {
	const body = answer.kind === 'answer' ? asObject(answer.json) : {};
	return asInteger(asObject(body.local_balance).msat);
}
