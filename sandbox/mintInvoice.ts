import { createECDH, createHash, randomBytes } from 'node:crypto';
import * as bolt11 from 'bolt11';
import type { Network } from './options';

/** What bolt11 needs to know of a network: the prefix, and the address bytes it insists on. */
const networks = {
	mainnet: { bech32: 'bc', pubKeyHash: 0x00, scriptHash: 0x05, validWitnessVersions: [0, 1] },
	testnet: { bech32: 'tb', pubKeyHash: 0x6f, scriptHash: 0xc4, validWitnessVersions: [0, 1] },
	signet: { bech32: 'tbs', pubKeyHash: 0x6f, scriptHash: 0xc4, validWitnessVersions: [0, 1] },
	regtest: { bech32: 'bcrt', pubKeyHash: 0x6f, scriptHash: 0xc4, validWitnessVersions: [0, 1] },
} as const;

/** As LND sets them: onion and payment secret required, multi-part payments allowed. */
const features = {
	word_length: 4,
	var_onion_optin: { required: true, supported: false },
	payment_secret: { required: true, supported: false },
	basic_mpp: { required: false, supported: true },
};

export interface InvoiceTerms {
	readonly network: Network;
	/** null makes an invoice without an amount. */
	readonly amountMsat: number | null;
	readonly description: string;
	/** ms since 1970. */
	readonly createdAt: number;
	readonly expirySeconds: number;
	/** Whether the invoice names the key of its payee (field `n`). */
	readonly namesPayee?: boolean;
}

export interface MintedInvoice {
	readonly text: string;
	readonly paymentHash: string;
	readonly preimage: string;
}

/** A fresh preimage, and an invoice for it that is really signed (BOLT 11). */
export function mintInvoice(terms: InvoiceTerms, nodeKey: Buffer): MintedInvoice {
	const preimage = randomBytes(32);
	const paymentHash = createHash('sha256').update(preimage).digest('hex');
	const network = networks[terms.network];
	const unsigned = bolt11.encode({
		network: { ...network, validWitnessVersions: [...network.validWitnessVersions] },
		...(terms.amountMsat === null ? {} : { millisatoshis: String(terms.amountMsat) }),
		timestamp: Math.floor(terms.createdAt / 1000),
		tags: [
			{ tagName: 'payment_hash', data: paymentHash },
			{ tagName: 'payment_secret', data: randomBytes(32).toString('hex') },
			{ tagName: 'description', data: terms.description },
			{ tagName: 'expire_time', data: terms.expirySeconds },
			{ tagName: 'min_final_cltv_expiry', data: 80 },
			{ tagName: 'feature_bits', data: features },
			...(terms.namesPayee === true
				? [{ tagName: 'payee_node_key', data: publicKeyOf(nodeKey) }]
				: []),
		],
	});
	const text = bolt11.sign(unsigned, nodeKey).paymentRequest;
	if (text === undefined) throw new Error('bolt11 signed the invoice but gave no text');
	return { text, paymentHash, preimage: preimage.toString('hex') };
}

function publicKeyOf(nodeKey: Buffer): string {
	const ecdh = createECDH('secp256k1');
	ecdh.setPrivateKey(nodeKey);
	return ecdh.getPublicKey('hex', 'compressed');
}

export interface ReadInvoice {
	readonly network: Network;
	/** null where the invoice states no amount. */
	readonly amountMsat: number | null;
	readonly paymentHash: string;
	readonly paymentSecret: string;
	readonly description: string;
	readonly payee: string;
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly expirySeconds: number;
}

/** Reads an invoice of any of the four networks. Throws where bolt11 does. */
export function readInvoice(text: string): ReadInvoice {
	const lower = text.toLowerCase();
	const network = (['regtest', 'signet', 'testnet', 'mainnet'] as const).find((name) =>
		lower.startsWith(`ln${networks[name].bech32}`),
	);
	if (network === undefined) throw new Error('Not a Lightning invoice of a known network');
	const known = networks[network];
	const decoded = bolt11.decode(lower, {
		...known,
		validWitnessVersions: [...known.validWitnessVersions],
	});
	const tags = decoded.tagsObject;
	return {
		network,
		amountMsat: decoded.millisatoshis ? Number(decoded.millisatoshis) : null,
		paymentHash: tags.payment_hash ?? '',
		paymentSecret: tags.payment_secret ?? '',
		description: tags.description ?? '',
		payee: decoded.payeeNodeKey ?? '',
		timestamp: decoded.timestamp ?? 0,
		expirySeconds: tags.expire_time ?? 3600,
	};
}
