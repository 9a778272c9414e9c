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
import { readClnAnswer, readClnLookup, readClnPayment, saidByCln, unwrapped } from './answer';
import { explainCln, spendableMsatIn } from './channels';
import { clnReceiver } from './receiver';
import { byXpayOrPay, missingClnRight } from './rights';
import { CLN } from '../httpWallet';
import { asInteger, asObject, asText } from '../json';
import { clnSpender } from './spending';
import { readNetwork } from '../network';
import { freeLookup, meetOnce } from '../presence';
import { confirmRefusal } from '../refusal';
import { readCaCertificate, requireHeaderSecret, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletPorts, WalletUnavailable } from '../wallet';
import { notThere } from '../whatCame';

/** Core Lightning by its clnrest plugin (v23.08.1 and later), with a rune. */
export const cln: WalletBackend = {
	name: 'cln',
	connect(settings, ports) {
		const url = requireUrl(settings, 'Core Lightning');
		const rune = requireHeaderSecret(settings.rune, 'Rune');
		const caCertificate = readCaCertificate(settings.caCertificate);
		const trust = { url, caCertificate, ignoreSslIssues: settings.ignoreSslIssues };
		const connected = connectApi(ports.http, CLN, trust, { rune });
		const call: CallApi = async (request) => unwrapped(await connected(request));
		return clnWallet(call, meetOnce(call, CLN, url, ports), ports);
	},
};

function clnWallet(
	call: CallApi,
	meet: ReturnType<typeof meetOnce>,
	{ sleep, elapsedMs }: Pick<WalletPorts, 'sleep' | 'elapsedMs'>,
): Wallet {
	const rpc = (method: string, params: object) =>
		({ method: 'POST', path: `/v1/${method}`, body: params }) as const;
	const ask = async (method: string, params: object, timeoutMs: number) =>
		await call({ ...rpc(method, params), timeoutMs });
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) =>
		readClnLookup(await ask('listpays', { payment_hash: paymentHash }, timeoutMs), paymentHash);
	return {
		name: 'cln',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const { paymentHash } = invoice;
			const freeCalls = [
				{ call: rpc('getinfo', {}), read: readPresence },
				freeLookup(rpc('listpays', { payment_hash: paymentHash }), (answer) =>
					readClnLookup(answer, paymentHash),
				),
			];
			const meeting = await meet(freeCalls, timeoutMs);
			if ('absent' in meeting) return meeting.absent;
			const limits = {
				maxfee: Number(maxFeeMsat),
				retry_for: Math.max(1, Math.floor(meeting.leftMs / 1000)),
			};
			const callTimeoutMs = meeting.leftMs + PAY_CALL_GRACE_MS;
			const answer = await byXpayOrPay(
				async () => await ask('xpay', { invstring: invoice.text, ...limits }, callTimeoutMs),
				async () => await ask('pay', { bolt11: invoice.text, ...limits }, callTimeoutMs),
			);
			const outcome = readClnPayment(answer, paymentHash);
			const record = async (ms: number) => await lookup(invoice, ms);
			const confirmed = await confirmRefusal(outcome, record, sleep);
			return await explainCln(call, confirmed, invoice.amountMsat);
		},
		lookupPayment: lookup,
		...clnReceiver(call),
		...clnSpender(call, elapsedMs),
		async describe(timeoutMs) {
			const info = readInfo(await ask('getinfo', {}, timeoutMs));
			if (info.status === 'unavailable') return info;
			const channels = await ask('listpeerchannels', {}, timeoutMs);
			const lack = await missingClnRight(ask, timeoutMs);
			return lack ?? { ...info, spendableMsat: spendableMsatIn(channels) };
		},
	};
}

/** The node behind the answer to `getinfo`, or why there is none. */
function readInfo(answer: ApiAnswer): WalletInfo | WalletUnavailable {
	const read = readClnAnswer(answer);
	if (read.kind === 'trouble') return unavailable(read);
	const body = asObject(read.json);
	if (read.status < 300 && asText(body.id) !== '') {
		return { status: 'ok', network: readNetwork(body.network), alias: asText(body.alias) };
	}
	const isMute = read.status === 404 || asText(body.message) === '';
	return unavailable(trouble('unreachable', isMute ? notThere(read, CLN) : saidByCln(read)));
}

/** An error of the node's RPC is of the node too: its codes are below zero, those of HTTP are not. */
function readPresence(answer: ApiAnswer): WalletUnavailable | { readonly status: 'ok' } {
	const info = readInfo(answer);
	const { code, message } = answer.kind === 'answer' ? asObject(answer.json) : {};
	const isOfCln = (asInteger(code) ?? 0n) < 0n && asText(message) !== '';
	return isOfCln ? { status: 'ok' } : info;
}
