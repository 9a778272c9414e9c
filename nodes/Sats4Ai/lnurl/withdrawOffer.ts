import { answerObject, refusalIn } from './answers';
import { placeOf } from './place';
import { withdrawUrl } from './withdrawLink';

/** What may be withdrawn, and where to send an invoice for it (LUD-03, step 3). */
export interface WithdrawOffer {
	readonly callback: string;
	/** Which withdrawal it is. */
	readonly k1: string;
	readonly minMsat: bigint;
	readonly maxMsat: bigint;
}

export type WithdrawAnswer =
	| { readonly status: 'offer'; readonly offer: WithdrawOffer }
	/** The service says no. */
	| { readonly status: 'refused'; readonly reason: string }
	/** Not what LUD-03 asks for. */
	| { readonly status: 'odd'; readonly reason: string };

const LONGEST_K1 = 1_000;

/**
 * Reads the answer to a withdraw link. The callback may be another host than the link's, as with
 * services that have their payments done elsewhere. Never throws.
 * @param mayLeadInside Whether that may be this machine, or another one of a private network.
 */
export function readWithdrawOffer(body: Buffer, mayLeadInside: boolean): WithdrawAnswer {
	const answer = answerObject(body);
	const refusal = refusalIn(answer);
	if (refusal !== null) return { status: 'refused', reason: refusal };
	if (answer.tag !== 'withdrawRequest') return odd('its link is none for withdrawals');
	const callback = readCallback(answer.callback, mayLeadInside);
	if (callback === null) return odd('it names no address to withdraw from');
	const { k1 } = answer;
	if (typeof k1 !== 'string' || !/^[\x20-\x7e]+$/.test(k1) || k1.length > LONGEST_K1) {
		return odd('it names no withdrawal');
	}
	const minMsat = readMsat(answer.minWithdrawable);
	const maxMsat = readMsat(answer.maxWithdrawable);
	if (minMsat === null) return odd(`its minWithdrawable is ${shown(answer.minWithdrawable)}`);
	if (maxMsat === null || maxMsat === 0n) {
		return odd(`its maxWithdrawable is ${shown(answer.maxWithdrawable)}`);
	}
	if (minMsat > maxMsat) {
		return odd(`its minWithdrawable (${minMsat}) is above its maxWithdrawable (${maxMsat})`);
	}
	return { status: 'offer', offer: { callback, k1, minMsat, maxMsat } };
}

/** Where an invoice is handed in. The service's own parameters stay as they are. */
export function withdrawCallback({ callback, k1 }: WithdrawOffer, invoice: string): string {
	const separator = callback.includes('?') ? '&' : '?';
	return `${callback}${separator}k1=${encodeURIComponent(k1)}&pr=${encodeURIComponent(invoice)}`;
}

function readCallback(text: unknown, mayLeadInside: boolean): string | null {
	const url = typeof text === 'string' ? withdrawUrl(text) : null;
	if (url === null || url.searchParams.has('k1') || url.searchParams.has('pr')) return null;
	return mayLeadInside || placeOf(url) === 'outside' ? url.href : null;
}

const LONGEST_SHOWN = 40;

/** An odd limit as it came. */
function shown(value: unknown): string {
	if (value === undefined) return 'missing';
	const text = (JSON.stringify(value) ?? '').slice(0, LONGEST_SHOWN);
	return `odd: ${text}`;
}

function readMsat(value: unknown): bigint | null {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
		? BigInt(value)
		: null;
}

function odd(reason: string): WithdrawAnswer {
	return { status: 'odd', reason };
}
