import { ALL_SAT, type Network } from '../bolt11/prefix';
import { WalletSettingsInvalid } from './wallet';
import type { WalletSettings } from './wallet';

/** The credential form, read and checked. */
export interface CredentialSettings extends WalletSettings {
	/** An invoice of another network is refused. */
	readonly network: Network;
	/** No payment above this, whatever the workflow says. */
	readonly maxPaymentMsat: bigint;
	/** All that leaves the wallet within 24 hours, fees included; null: no limit. */
	readonly maxPerDayMsat: bigint | null;
}

const NETWORK_NAMES: readonly Network[] = ['mainnet', 'testnet', 'signet', 'regtest'];

/**
 * Reads what n8n hands over for the credential: trims, drops trailing slashes, fills in defaults.
 * Throws `WalletSettingsInvalid` where a value cannot work; the text names the field as the form does.
 * Whether there is such a wallet, `connectWallet` finds out.
 */
export function readWalletSettings(raw: Record<string, unknown>): CredentialSettings {
	const network = NETWORK_NAMES.find((name) => name === (raw.network ?? 'mainnet'));
	if (network === undefined) {
		throw new WalletSettingsInvalid(`"Network" must be one of ${NETWORK_NAMES.join(', ')}.`);
	}
	return {
		wallet: typed(raw.wallet),
		network,
		maxPaymentMsat: readMaxPaymentMsat(raw.maxPaymentSat ?? 1000),
		// Credentials saved before there was such a field have none; an empty one is a mistake.
		maxPerDayMsat: readMaxPerDayMsat('maxPerDaySat' in raw ? raw.maxPerDaySat : 0),
		url: baseAddress(typed(raw.url), typed(raw.wallet)),
		macaroon: typed(raw.macaroon),
		adminKey: typed(raw.adminKey),
		password: typed(raw.password),
		rune: typed(raw.rune),
		connectionString: typed(raw.connectionString),
		caCertificate: typed(raw.caCertificate),
		ignoreSslIssues: raw.ignoreSslIssues === true,
	};
}

function typed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * The base address in what people copy: of LNbits out of the browser (`/wallet?usr=…`), of the others
 * out of a page about their API. What comes behind would be a secret of its own, or part of each call.
 */
function baseAddress(url: string, wallet: string): string {
	const [, base] = (COPIED_ADDRESSES.get(wallet) ?? /^$/).exec(url) ?? [];
	return (base ?? url).replace(/\/+$/, '');
}

const COPIED_ADDRESSES: ReadonlyMap<string, RegExp> = new Map([
	['cln', /^(https?:\/\/[^?#]+?)\/v1(?:\/.*)?$/i],
	['lnbits', /^(https?:\/\/[^?#]+?)\/(?:wallet(?:[/?#].*)?|(?:api\/v1|docs)(?:\/[^?#]*)?)$/i],
	['lnd', /^(https?:\/\/[^?#]+?)\/v[12](?:\/.*)?$/i],
	['phoenixd', /^(https?:\/\/[^?#]+?)\/(?:getinfo|getbalance)$/i],
]);

function readMaxPaymentMsat(value: unknown): bigint {
	const sat = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof sat !== 'number' || !(sat > 0 && sat <= ALL_SAT)) {
		throw new WalletSettingsInvalid('"Max Payment (Sats)" must be a number above 0.');
	}
	return BigInt(Math.floor(sat * 1000));
}

function readMaxPerDayMsat(value: unknown): bigint | null {
	const sat = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (sat === 0) return null;
	// What is less than a millisatoshi must not come out as 0, which would be no limit at all.
	if (typeof sat !== 'number' || !(sat >= 0.001 && sat <= ALL_SAT)) {
		throw new WalletSettingsInvalid(
			'"Max per Day (Sats)" must be a number: 0 for no limit, or above.',
		);
	}
	return BigInt(Math.floor(sat * 1000));
}

/** The wallet's URL, checked. Throws `WalletSettingsInvalid`. */
export function requireUrl(settings: WalletSettings, walletTitle: string): string {
	const { url } = settings;
	if (url === '') throw new WalletSettingsInvalid(`Enter the URL of ${walletTitle}.`);
	if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) {
		throw new WalletSettingsInvalid(
			`The URL of ${walletTitle} must start with http:// or https://.`,
		);
	}
	const parsed = new URL(url);
	if (parsed.username !== '' || parsed.password !== '') {
		throw new WalletSettingsInvalid(
			`The URL of ${walletTitle} must not hold a user name or password; there is a field for it.`,
		);
	}
	if (parsed.search !== '' || parsed.hash !== '') {
		throw new WalletSettingsInvalid(
			`The URL of ${walletTitle} must be its base address, without anything from "?" or "#" on.`,
		);
	}
	return url;
}

/** A secret that goes into an HTTP header. Throws `WalletSettingsInvalid`, without the secret. */
export function requireHeaderSecret(secret: string, fieldTitle: string): string {
	if (secret === '') throw new WalletSettingsInvalid(`"${fieldTitle}" is empty.`);
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		throw new WalletSettingsInvalid(
			`"${fieldTitle}" holds a space or another character that cannot be part of it.`,
		);
	}
	return secret;
}

/** A secret that is encoded before it is sent, so that any text will do. */
export function requirePassword(password: string, fieldTitle: string): string {
	if (password === '') throw new WalletSettingsInvalid(`"${fieldTitle}" is empty.`);
	return password;
}

/** The PEM with its line breaks restored, or '' where none was given. */
export function readCaCertificate(text: string): string {
	if (text === '') return '';
	const blocks = [
		...text
			.replace(/\\n/g, '\n')
			.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g),
	].map((match) => (match[1] ?? '').replace(/\s+/g, ''));
	if (blocks.length === 0) {
		throw new WalletSettingsInvalid(
			'"CA Certificate" must be PEM text, from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
		);
	}
	const lines = (block: string) => (block.match(/.{1,64}/g) ?? []).join('\n');
	return blocks
		.map((block) => `-----BEGIN CERTIFICATE-----\n${lines(block)}\n-----END CERTIFICATE-----\n`)
		.join('');
}
