import type { LookupOutcome, Paid, PayOutcome, Pending, Unknown } from '../l402/payer';
import { preimageProves } from '../l402/preimage';
import { isObject } from './json';
import type { Refused } from './refusal';

/** Deeper than any answer of a wallet. */
const DEEPEST = 6;
/** More than a payment has parts. */
const MOST_FIELDS = 5_000;

const OPEN_WORDS = /^(pending|in.?flight|initiated|processing|in.?progress|queued)$/i;
const DONE_WORDS = /^(succeeded|success|complete|completed|settled|paid)$/i;

/**
 * An outcome, held against everything else in the same answer. A preimage that hashes to the
 * payment hash is paid, whatever the labels say. A failure that another field contradicts is none:
 * in doubt it is still under way, which costs nothing.
 */
export function weigh<Outcome extends PayOutcome | LookupOutcome | Refused>(
	outcome: Outcome,
	json: unknown,
	paymentHash: string,
): Outcome | Paid | Pending | Unknown {
	const fields = fieldsOf(json);
	const proof = fields.map(asProof).find((preimage) => preimageProves(preimage, paymentHash));
	if (proof !== undefined) {
		return {
			status: 'paid',
			preimage: proof,
			feeMsat: outcome.status === 'paid' ? outcome.feeMsat : null,
		};
	}
	if (outcome.status !== 'failed') return outcome;
	if (fields.some(saysOpen)) {
		return {
			status: 'pending',
			reason: 'the wallet says both that the payment failed and that it is under way',
		};
	}
	return fields.some(saysDone)
		? {
				status: 'unknown',
				reason: 'the wallet says both that the payment failed and that it succeeded',
			}
		: outcome;
}

type Field = readonly [name: string, value: unknown];

/** Every named value of the answer, at any depth. */
function fieldsOf(json: unknown): readonly Field[] {
	const found: Field[] = [];
	const visit = (value: unknown, depth: number): void => {
		if (depth > DEEPEST || found.length > MOST_FIELDS) return;
		if (Array.isArray(value)) for (const entry of value) visit(entry, depth + 1);
		if (!isObject(value)) return;
		for (const [name, inner] of Object.entries(value)) {
			found.push([name, inner]);
			visit(inner, depth + 1);
		}
	};
	visit(json, 0);
	return found;
}

/** Hex, or base64 as `bytes` are in LND's JSON. */
function asProof([name, value]: Field): string {
	if (!/preimage/i.test(name) || typeof value !== 'string') return '';
	if (/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return Buffer.from(value, 'base64').toString('hex');
	return value.trim();
}

function saysOpen([name, value]: Field): boolean {
	if (/^(is_?)?pending$/i.test(name) && isTrue(value)) return true;
	return isState(name) && typeof value === 'string' && OPEN_WORDS.test(value);
}

function saysDone([name, value]: Field): boolean {
	if (/^(is_?)?(paid|settled)$/i.test(name) && isTrue(value)) return true;
	return isState(name) && typeof value === 'string' && DONE_WORDS.test(value);
}

/** Databases know no `true`: some write 1, or the word. */
function isTrue(value: unknown): boolean {
	return value === true || value === 1 || (typeof value === 'string' && /^(true|1)$/i.test(value));
}

function isState(name: string): boolean {
	return /^(status|state)$/i.test(name);
}
