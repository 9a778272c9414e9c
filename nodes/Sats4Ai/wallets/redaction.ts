import { BASIC_AUTH_USER } from './phoenixd/wallet';
import type { Wallet, WalletSettings } from './wallet';
import type { WalletUnavailable } from './unavailable';

const LONGEST_REASON = 300;

/** Every way a secret of the settings may be echoed: as typed, decoded, encoded. */
export function secretsOf(settings: WalletSettings): readonly string[] {
	const typed = [settings.macaroon, settings.adminKey, settings.password, settings.rune];
	const nwcSecret = /[?&]secret=([^&#]+)/i.exec(settings.connectionString)?.[1] ?? '';
	const forms = [...typed, settings.connectionString, nwcSecret].flatMap(encodings);
	// Longest first, so that a short form never leaves the rest of a longer one readable.
	return [...new Set(forms)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
}

function encodings(secret: string): readonly string[] {
	if (secret === '') return [];
	const bytes = Buffer.from(secret, 'utf8');
	const basic = Buffer.from(`${BASIC_AUTH_USER}:${secret}`);
	const decoded = /^(?:[0-9a-f]{2})+$/i.test(secret)
		? Buffer.from(secret, 'hex')
		: Buffer.from(secret, 'base64');
	return [
		secret,
		encodeURIComponent(secret),
		...[bytes, basic].flatMap((form) => [form.toString('base64'), form.toString('base64url')]),
		...(decoded.length < 8 ? [] : [decoded.toString('hex'), decoded.toString('base64')]),
		...(decoded.length < 8 ? [] : [decoded.toString('base64url')]),
	];
}

/** The text on one line, without any of the secrets, cut to a length that fits an error. */
export function redact(text: string, secrets: readonly string[]): string {
	const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const clean = secrets.reduce((rest, secret) => rest.replace(pattern(secret), '***'), line);
	return clean.length > LONGEST_REASON ? `${clean.slice(0, LONGEST_REASON)}…` : clean;
}

/** Below this a secret is hidden as a word of its own only: each "a" of a text is no password. */
const SHORTEST_ANYWHERE = 6;

function pattern(secret: string): RegExp {
	const text = secret.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	const isWord = secret.length < SHORTEST_ANYWHERE;
	return new RegExp(isWord ? `(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])` : text, 'giu');
}

/**
 * The same wallet, with nothing secret in any text it gives, even where the wallet echoes it.
 * A defect in a backend ends as *unknown* here: it must not pass for a payment that failed.
 */
export function withoutSecrets(wallet: Wallet, settings: WalletSettings): Wallet {
	const secrets = secretsOf(settings);
	const cleanReason = <T extends object>(outcome: T): T =>
		'reason' in outcome && typeof outcome.reason === 'string'
			? { ...outcome, reason: redact(outcome.reason, secrets) }
			: outcome;
	const wordsOf = (defect: unknown) =>
		redact(`the answer of the wallet could not be read: ${String(defect)}`, secrets);
	const unknown = (defect: unknown) => ({ status: 'unknown' as const, reason: wordsOf(defect) });
	const unavailable = (defect: unknown): WalletUnavailable => ({
		status: 'unavailable',
		cause: 'other',
		reason: wordsOf(defect),
	});
	return {
		name: wallet.name,
		notFoundFinalAfterMs: wallet.notFoundFinalAfterMs,
		payInvoice: async (invoice, limits) =>
			await wallet.payInvoice(invoice, limits).then(cleanReason, unknown),
		lookupPayment: async (invoice, timeoutMs) =>
			await wallet.lookupPayment(invoice, timeoutMs).then(cleanReason, unknown),
		makeInvoice: async (wanted) =>
			await wallet
				.makeInvoice(wanted)
				.then(cleanReason, (defect: unknown) => ({ status: 'failed', reason: wordsOf(defect) })),
		lookupReceived: async (paymentHash, timeoutMs) =>
			await wallet.lookupReceived(paymentHash, timeoutMs).then(cleanReason, unknown),
		spentSince: async (question) =>
			await wallet.spentSince(question).catch(unavailable).then(cleanReason),
		describe: async (timeoutMs) => {
			const description = await wallet.describe(timeoutMs).catch(unavailable);
			return description.status === 'ok'
				? { ...description, alias: redact(description.alias, secrets) }
				: cleanReason(description);
		},
		close: () => wallet.close?.(),
	};
}
