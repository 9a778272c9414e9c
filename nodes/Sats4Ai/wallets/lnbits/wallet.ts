import { exactSats } from '../../bolt11/amountText';
import type { NotSent, PayableInvoice } from '../../l402/payer';
import {
	connectApi,
	PAY_CALL_GRACE_MS,
	PAY_CALL_LINGERS_MS,
	readAnswer,
	unavailable,
	type ApiAnswer,
	type CallApi,
} from '../api';
import { LNBITS } from '../httpWallet';
import { asInteger, asObject, asText } from '../json';
import { isUnknownKey, readLnbitsLookup, readLnbitsPayment } from './answer';
import { surelyNoPayment } from './hidden';
import { lnbitsReceiver } from './receiver';
import { lnbitsSpender } from './spending';
import { meetOnce } from '../presence';
import { confirmRefusal } from '../refusal';
import { requireHeaderSecret, requireUrl } from '../settings';
import type {
	Wallet,
	WalletBackend,
	WalletDescription,
	WalletUnavailable,
	WalletPorts,
} from '../wallet';
import { notThere } from '../whatCame';

/** How long to wait for the fee reserve: the question costs nothing and needs no node. */
const FEE_QUESTION_TIMEOUT_MS = 15_000;

/** LNbits: one prepaid wallet of an LNbits server, by its admin key. */
export const lnbits: WalletBackend = {
	name: 'lnbits',
	connect(settings, ports) {
		const url = requireUrl(settings, 'LNbits');
		const adminKey = requireHeaderSecret(settings.adminKey, 'Admin Key');
		// The form has no certificate fields for LNbits: what another wallet left there is not ours.
		const trust = { url, caCertificate: '', ignoreSslIssues: false };
		const call = connectApi(ports.http, LNBITS, trust, { 'x-api-key': adminKey });
		const callWithoutKey = connectApi(ports.http, LNBITS, trust, {});
		return lnbitsWallet({ call, callWithoutKey }, meetOnce(call, LNBITS, url, ports), ports);
	},
};

interface Calls {
	readonly call: CallApi;
	readonly callWithoutKey: CallApi;
}

function lnbitsWallet(
	{ call, callWithoutKey }: Calls,
	meet: ReturnType<typeof meetOnce>,
	{ elapsedMs }: Pick<WalletPorts, 'elapsedMs'>,
): Wallet {
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) => {
		const path = `/api/v1/payments/${paymentHash}`;
		const endAt = elapsedMs() + timeoutMs;
		const leftMs = () => Math.max(1, endAt - elapsedMs());
		const answer = await call({ method: 'GET', path, timeoutMs });
		const outcome = readLnbitsLookup(answer, paymentHash);
		return outcome.status === 'notFound'
			? await surelyNoPayment(call, callWithoutKey, paymentHash, leftMs)
			: outcome;
	};
	let hasPaid = false;
	return {
		name: 'lnbits',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const question = `/api/v1/payments/fee-reserve?invoice=${encodeURIComponent(invoice.text)}`;
			const questionTimeoutMs = Math.min(timeoutMs, FEE_QUESTION_TIMEOUT_MS);
			const named = await call({ method: 'GET', path: question, timeoutMs: questionTimeoutMs });
			const reserve = readFeeReserve(named, invoice.amountMsat);
			if (typeof reserve !== 'bigint') return reserve;
			// A reserve that was named is of LNbits; without one, the wallet itself has to answer.
			if (named.kind === 'answer' && named.status !== 200) {
				const meeting = await meet([{ call: GET_WALLET, read: readWallet }], timeoutMs);
				if ('absent' in meeting) return meeting.absent;
			}
			if (reserve > maxFeeMsat) {
				const reason = `LNbits wants to reserve ${exactSats(reserve)} for fees, and the limit is ${exactSats(maxFeeMsat)}`;
				return { status: 'notSent', cause: 'feeLimit', reason };
			}
			const answer = await call({
				method: 'POST',
				path: '/api/v1/payments',
				body: { out: true, bolt11: invoice.text },
				timeoutMs: timeoutMs + PAY_CALL_GRACE_MS,
			});
			const outcome = readLnbitsPayment(answer, invoice.paymentHash);
			hasPaid ||= outcome.status === 'paid';
			return await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
		},
		lookupPayment: lookup,
		...lnbitsReceiver(call),
		...lnbitsSpender(call, elapsedMs, () => hasPaid),
		async describe(timeoutMs) {
			return readWallet(await call({ ...GET_WALLET, timeoutMs }));
		},
	};
}

const GET_WALLET = { method: 'GET', path: '/api/v1/wallet' } as const;

/** The reserve in msat, or why it cannot be paid. Nothing has been paid at this point. */
export function readFeeReserve(answer: ApiAnswer, amountMsat: bigint): bigint | NotSent {
	const read = readAnswer(answer, LNBITS);
	if (read.kind === 'trouble') return { status: 'notSent', cause: read.cause, reason: read.reason };
	const { status } = read;
	if (status === 404 || status === 405) return defaultFeeReserve(amountMsat);
	const body = asObject(read.json);
	const reserve = asInteger(body.fee_reserve);
	if (status === 200 && reserve !== null && reserve >= 0n) return reserve;
	const words = asText(body.detail);
	const isRefused = status === 400 && words !== '';
	const reason =
		words === ''
			? `LNbits did not name its fee reserve: ${notThere(read, LNBITS)}`
			: `LNbits did not name its fee reserve (HTTP ${status}: ${words})`;
	return { status: 'notSent', cause: isRefused ? 'rejected' : 'unreachable', reason };
}

/** `lnbits_reserve_fee_min` and `lnbits_reserve_fee_percent` as shipped: 2000 msat or 1 %. */
function defaultFeeReserve(amountMsat: bigint): bigint {
	const percentMsat = (amountMsat + 99n) / 100n;
	return percentMsat > 2000n ? percentMsat : 2000n;
}

/** The answer to `GET /api/v1/wallet`; only the admin key is shown the wallet's id. */
export function readWallet(
	answer: ApiAnswer,
): ({ status: 'ok' } & WalletDescription) | WalletUnavailable {
	const read = readAnswer(answer, LNBITS);
	if (read.kind === 'trouble') return unavailable(read);
	const { status } = read;
	const body = asObject(read.json);
	const balanceMsat = asInteger(body.balance);
	if (status !== 200 || balanceMsat === null) {
		return isUnknownKey(asText(body.detail))
			? { status: 'unavailable', cause: 'unauthorized', reason: 'LNbits does not know this key' }
			: {
					status: 'unavailable',
					cause: 'unreachable',
					reason: notThere(read, LNBITS),
				};
	}
	if (asText(body.id) === '') {
		const reason =
			'this is the invoice key of the LNbits wallet, which cannot pay; use the admin key';
		return { status: 'unavailable', cause: 'unauthorized', reason };
	}
	return { status: 'ok', network: null, alias: asText(body.name), spendableMsat: balanceMsat };
}
