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
import {
	isUnknownMethod,
	notClnrest,
	readClnAnswer,
	readClnLookup,
	readClnPayment,
	readMsat,
} from './answer';
import { clnReceiver } from './receiver';
import { asArray, asObject, asText } from '../json';
import { readNetwork } from '../network';
import { confirmRefusal } from '../refusal';
import { readCaCertificate, requireHeaderSecret, requireUrl } from '../settings';
import type { Wallet, WalletBackend, WalletInfo, WalletUnavailable } from '../wallet';

/** Core Lightning by its clnrest plugin (v23.08 and later), with a rune. */
export const cln: WalletBackend = {
	name: 'cln',
	connect(settings, ports) {
		const url = requireUrl(settings, 'Core Lightning');
		const rune = requireHeaderSecret(settings.rune, 'Rune');
		const caCertificate = readCaCertificate(settings.caCertificate);
		const trust = { url, caCertificate, ignoreSslIssues: settings.ignoreSslIssues };
		return clnWallet(connectApi(ports.http, trust, { rune }));
	},
};

function clnWallet(call: CallApi): Wallet {
	const ask = async (method: string, params: object, timeoutMs: number) =>
		await call({ method: 'POST', path: `/v1/${method}`, body: params, timeoutMs });
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) =>
		readClnLookup(await ask('listpays', { payment_hash: paymentHash }, timeoutMs), paymentHash);
	return {
		name: 'cln',
		notFoundFinalAfterMs: PAY_CALL_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const limits = {
				maxfee: Number(maxFeeMsat),
				retry_for: Math.max(1, Math.floor(timeoutMs / 1000)),
			};
			const callTimeoutMs = timeoutMs + PAY_CALL_GRACE_MS;
			const xpay = await ask('xpay', { invstring: invoice.text, ...limits }, callTimeoutMs);
			const answer = isUnknownMethod(xpay)
				? await ask('pay', { bolt11: invoice.text, ...limits }, callTimeoutMs)
				: xpay;
			const outcome = readClnPayment(answer);
			return await confirmRefusal(outcome, async (ms) => await lookup(invoice, ms));
		},
		lookupPayment: lookup,
		...clnReceiver(call),
		async describe(timeoutMs) {
			const info = readInfo(await ask('getinfo', {}, timeoutMs));
			if (info.status === 'unavailable') return info;
			const channels = await ask('listpeerchannels', {}, timeoutMs);
			return { ...info, spendableMsat: readSpendableMsat(channels) };
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
	const message = asText(body.message);
	const said = `Core Lightning said: ${message}`;
	return unavailable(trouble('unreachable', message === '' ? notClnrest(read.status) : said));
}

/** The sum over the open channels; null where the rune may not ask, or nothing is named. */
function readSpendableMsat(answer: ApiAnswer): bigint | null {
	const body = answer.kind === 'answer' ? asObject(answer.json) : {};
	if (!Array.isArray(body.channels)) return null;
	return asArray(body.channels)
		.map(asObject)
		.filter(({ state }) => state === 'CHANNELD_NORMAL')
		.reduce((sum, channel) => sum + (readMsat(channel.spendable_msat) ?? 0n), 0n);
}
