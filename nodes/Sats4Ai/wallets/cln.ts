import type { PayableInvoice } from '../l402/payer';
import { connectApi, PAY_CALL_GRACE_MS, type ApiAnswer, type CallApi } from './api';
import {
	isUnknownMethod,
	notClnrest,
	readClnLookup,
	readClnPayment,
	readClnTrouble,
	readMsat,
} from './clnAnswer';
import { asArray, asObject, asText } from './json';
import { readNetwork } from './network';
import { confirmRefusal } from './refusal';
import { readCaCertificate, requireHeaderSecret, requireUrl } from './settings';
import type { Wallet, WalletBackend, WalletUnavailable } from './wallet';

/** Core Lightning by its clnrest plugin (v23.08 and later), with a rune. */
export const cln: WalletBackend = {
	name: 'cln',
	open(settings, ports) {
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
		feeLimit: 'exact',
		notFoundIsFinal: true,
		refusesDuplicates: true,
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
		async describe(timeoutMs) {
			const info = await ask('getinfo', {}, timeoutMs);
			const unavailable = readUnavailable(info);
			if (unavailable !== null) return unavailable;
			const channels = await ask('listpeerchannels', {}, timeoutMs);
			return { status: 'ok', ...readInfo(info), spendableMsat: readSpendableMsat(channels) };
		},
	};
}

function readUnavailable(info: ApiAnswer): WalletUnavailable | null {
	const trouble = readClnTrouble(info);
	if (trouble !== null) {
		return { status: 'unavailable', cause: trouble.cause, reason: trouble.reason };
	}
	const status = info.kind === 'answer' ? info.status : 0;
	const body = info.kind === 'answer' ? asObject(info.json) : {};
	if ((status === 200 || status === 201) && asText(body.id) !== '') return null;
	const message = asText(body.message);
	const reason = message === '' ? notClnrest(status) : `Core Lightning said: ${message}`;
	return { status: 'unavailable', cause: 'unreachable', reason };
}

function readInfo(info: ApiAnswer) {
	const body = info.kind === 'answer' ? asObject(info.json) : {};
	return { network: readNetwork(body.network), alias: asText(body.alias) };
}

/** The sum over the open channels; null where the rune may not ask, or nothing is named. */
function readSpendableMsat(answer: ApiAnswer): bigint | null {
	const body = answer.kind === 'answer' && answer.status < 300 ? asObject(answer.json) : {};
	if (!Array.isArray(body.channels)) return null;
	return asArray(body.channels)
		.map(asObject)
		.filter(({ state }) => state === 'CHANNELD_NORMAL')
		.reduce((sum, channel) => sum + (readMsat(channel.spendable_msat) ?? 0n), 0n);
}
