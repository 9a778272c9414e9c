import { exactSats } from '../../bolt11/amountText';
import type { LookupOutcome, PayableInvoice } from '../../l402/payer';
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
import { PHOENIXD } from '../httpWallet';
import { asInteger, asObject, asText } from '../json';
import { readNetwork } from '../network';
import { freeLookup, meetOnce, type FreeCall } from '../presence';
import { readPhoenixdLookup, readPhoenixdPayment } from './answer';
import { phoenixdReceiver } from './receiver';
import { phoenixdSpender } from './spending';
import { confirmRefusal } from '../refusal';
import { requirePassword, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletUnavailable, WalletPorts } from '../wallet';
import { notThere } from '../whatCame';

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
		const call = connectApi(ports.http, PHOENIXD, trust, { authorization });
		return phoenixdWallet(call, meetOnce(call, PHOENIXD, url, ports), ports);
	},
};

function phoenixdWallet(
	call: CallApi,
	meet: ReturnType<typeof meetOnce>,
	{ elapsedMs }: Pick<WalletPorts, 'elapsedMs'>,
): Wallet {
	const find = (paymentHash: string) =>
		({ method: 'GET', path: `/payments/outgoingbyhash/${paymentHash}` }) as const;
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) =>
		readPhoenixdLookup(await call({ ...find(paymentHash), timeoutMs }), paymentHash);
	return {
		name: 'phoenixd',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const feeMsat = phoenixdFeeMsat(invoice.amountMsat);
			if (feeMsat > maxFeeMsat) {
				const reason = `phoenixd takes a fee of ${exactSats(feeMsat)}, and the limit is ${exactSats(maxFeeMsat)}`;
				return { status: 'notSent', cause: 'feeLimit', reason };
			}
			const meeting = await meet(freeCalls(find(invoice.paymentHash), invoice), timeoutMs);
			if ('absent' in meeting) return meeting.absent;
			const answer = await call({
				method: 'POST',
				path: '/payinvoice',
				body: new URLSearchParams({ invoice: invoice.text }).toString(),
				timeoutMs: meeting.leftMs + PAY_CALL_GRACE_MS,
			});
			const outcome = readPhoenixdPayment(answer, invoice.paymentHash);
			return await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
		},
		lookupPayment: lookup,
		...phoenixdReceiver(call),
		...phoenixdSpender(call, phoenixdFeeMsat, elapsedMs),
		async describe(timeoutMs) {
			const info = readInfo(await call({ ...GET_INFO, timeoutMs }));
			if (info.status === 'unavailable') return info;
			const balance = await call({ method: 'GET', path: '/getbalance', timeoutMs });
			if (await isLimited(call, timeoutMs)) {
				const reason =
					'this is "http-password-limited-access" of phoenixd, which cannot pay; use "http-password"';
				return unavailable(trouble('unauthorized', reason));
			}
			return { ...info, spendableMsat: readSpendableMsat(balance) };
		},
	};
}

/** *Not found* is the word of phoenixd only where not every path gets it, as at other servers. */
function freeCalls(find: FreeCall['call'], { paymentHash }: PayableInvoice): readonly FreeCall[] {
	let findsNothing = false;
	const readFirst = (answer: ApiAnswer) => {
		findsNothing = readPhoenixdLookup(answer, paymentHash).status === 'notFound';
		return readInfo(answer);
	};
	const readSecond = (answer: ApiAnswer): LookupOutcome => {
		const outcome = readPhoenixdLookup(answer, paymentHash);
		const isProof = outcome.status !== 'notFound' || !findsNothing;
		return isProof ? outcome : { status: 'unknown', reason: 'everything is "Not found" there' };
	};
	return [{ call: GET_INFO, read: readFirst }, freeLookup(find, readSecond)];
}

const GET_INFO = { method: 'GET', path: '/getinfo' } as const;

/**
 * Whether the password may not pay, found out without paying: phoenixd looks at the password first,
 * and a call that names no invoice has nothing to pay (`Api.kt`, "full-access").
 */
async function isLimited(call: CallApi, timeoutMs: number): Promise<boolean> {
	const answer = await call({ method: 'POST', path: '/payinvoice', body: '', timeoutMs });
	return answer.kind === 'answer' && answer.status === 401;
}

/** The fee phoenixd will take for an amount, rounded up. */
export function phoenixdFeeMsat(amountMsat: bigint): bigint {
	return FEE_BASE_MSAT + (amountMsat * FEE_PER_THOUSAND + 999n) / 1000n;
}

/** The node behind the answer to `GET /getinfo`, or why there is none. */
function readInfo(answer: ApiAnswer): WalletInfo | WalletUnavailable {
	const read = readAnswer(answer, PHOENIXD);
	if (read.kind === 'trouble') return unavailable(read);
	const body = asObject(read.json);
	if (read.status !== 200 || asText(body.nodeId) === '') {
		return unavailable(trouble('unreachable', notThere(read, PHOENIXD)));
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
