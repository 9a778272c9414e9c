import type { Delivered, LedgerState } from './ledgerState';
import type { OpenPurchase } from './openPurchase';
import { isIndex, readPurchase } from './readPurchase';
import { decimalIn, plainEntry, textIn, type Entry } from './savedValues';

/** Saved books as far as they can be read, and what was left out, in words. */
export interface ReadState {
	readonly state: LedgerState;
	readonly dropped: readonly string[];
}

const KEY = /^[0-9a-f]{16}$/;
const LONGEST_ENTRY = 1_000_000;
/** Where books name a sum alone, or more than their attempts come to. */
const UNNAMED_ATTEMPT = '0'.repeat(16);

/**
 * Reads the books out of a saved execution, entry by entry. Anybody may have written to them: an
 * expression, a backup, a defect. What cannot be read is left out, and harms nothing else. Null
 * where there are none. Never throws.
 */
export function readState(saved: unknown): ReadState | null {
	if (saved === undefined || saved === null) return null;
	const dropped: string[] = [];
	const drop = (what: string) => void dropped.push(what);
	const entries = (name: string): Array<[string, Entry]> => {
		const list = part(saved, name);
		const read: Array<[string, Entry]> = [];
		for (const key of keysOf(list)) {
			const entry = plainEntry(part(list, key), LONGEST_ENTRY);
			if (entry === null) drop(`${name} ${shown(key)}`);
			else read.push([key, entry]);
		}
		return read;
	};
	const open: Record<string, OpenPurchase> = {};
	for (const [key, entry] of entries('open')) {
		const purchase = readPurchase(entry);
		if (purchase === null) drop(`open ${shown(key)}`);
		else open[purchase.paymentHash] = purchase;
	}
	const delivered: Record<number, Delivered> = {};
	for (const [key, { digest, item }] of entries('delivered')) {
		const isItem = typeof item === 'object' && item !== null;
		const text = textIn(digest, 64);
		if (text === null || !isItem || !isIndex(Number(key))) drop(`delivered ${shown(key)}`);
		else delivered[Number(key)] = { digest: text, item };
	}
	const family = textIn(part(saved, 'family'), 16) ?? '';
	const spent = readSpent(saved, drop);
	const spentMsat = String(sumOf(spent));
	const state = { family: KEY.test(family) ? family : '', spentMsat, spent, open, delivered };
	return { state, dropped };
}

/** Where the sum and its parts disagree, more was spent rather than less. */
function readSpent(saved: unknown, drop: (what: string) => void): Record<string, string> {
	const spent: Record<string, string> = {};
	const attempts = part(saved, 'spent');
	for (const key of keysOf(attempts)) {
		const msat = decimalIn(part(attempts, key));
		if (msat === null || !KEY.test(key)) drop(`spent ${shown(key)}`);
		else spent[key] = msat;
	}
	const total = decimalIn(part(saved, 'spentMsat'));
	if (total === null) drop('spentMsat');
	const unnamedMsat = BigInt(total ?? '0') - sumOf(spent);
	if (unnamedMsat > 0n) {
		spent[UNNAMED_ATTEMPT] = String(unnamedMsat + BigInt(spent[UNNAMED_ATTEMPT] ?? '0'));
	}
	return spent;
}

export function sumOf(spent: Readonly<Record<string, string>>): bigint {
	return Object.values(spent).reduce((sum, msat) => sum + BigInt(msat), 0n);
}

/** One value of what may be anything, even an object that throws when it is looked at. */
function part(value: unknown, key: string): unknown {
	try {
		if (typeof value !== 'object' || value === null) return undefined;
		return Object.hasOwn(value, key) ? (value as Entry)[key] : undefined;
	} catch {
		return undefined;
	}
}

function keysOf(value: unknown): string[] {
	try {
		return typeof value === 'object' && value !== null ? Object.keys(value) : [];
	} catch {
		return [];
	}
}

function shown(key: string): string {
	return key.replace(/[^\w-]/g, '?').slice(0, 64);
}
