import { createHash } from 'node:crypto';
import bolt11, { type PaymentRequestObject } from 'bolt11';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { decodeInvoice, type Invoice } from '../../nodes/Sats4Ai/bolt11/invoice';
import { randomRuns } from '../depth';

/** Change it to try other invoices; a failure names it together with the number of the invoice. */
const SEED = 20_261_120;
const INVOICES = randomRuns(3_000);

const NETWORKS = [
	{ name: 'mainnet', bech32: 'bc', pubKeyHash: 0x00, scriptHash: 0x05 },
	{ name: 'testnet', bech32: 'tb', pubKeyHash: 0x6f, scriptHash: 0xc4 },
	{ name: 'signet', bech32: 'tbs', pubKeyHash: 0x6f, scriptHash: 0xc4 },
	{ name: 'regtest', bech32: 'bcrt', pubKeyHash: 0x6f, scriptHash: 0xc4 },
].map((network) => ({ ...network, validWitnessVersions: [0, 1] }));
const TEXTS = ['', 'coffee', 'ナンセンス 1杯', '🍺', 'a'.repeat(639), '"\n\t\0', 'ß§€', '\ufeff'];
/** What bolt11 calls the first ten pairs of bits. */
const NAMED_FEATURES = [
	'option_data_loss_protect',
	'initial_routing_sync',
	'option_upfront_shutdown_script',
	'gossip_queries',
	'var_onion_optin',
	'gossip_queries_ex',
	'option_static_remotekey',
	'payment_secret',
	'basic_mpp',
	'option_support_large_channel',
] as const;
const EVEN_FEATURES = [8, 16, 24, 36, 48];

/** The same numbers for the same seed, on every machine: digits of SHA-256 of seed and count. */
class Dice {
	private count = 0;

	constructor(private readonly seed: number) {}

	bytes(length: number): Buffer {
		const parts: Buffer[] = [];
		for (let have = 0; have < length; have += 32) {
			parts.push(createHash('sha256').update(`${this.seed}/${this.count++}`).digest());
		}
		return Buffer.concat(parts).subarray(0, length);
	}

	hex(bytes: number): string {
		return this.bytes(bytes).toString('hex');
	}

	/** 0 to `below` - 1. */
	number(below: number): number {
		return this.bytes(6).readUIntBE(0, 6) % below;
	}

	chance(percent: number): boolean {
		return this.number(100) < percent;
	}

	pick<Value>(values: readonly Value[]): Value {
		const value = values[this.number(values.length)];
		if (value === undefined) throw new RangeError('nothing to pick from');
		return value;
	}

	shuffled<Value>(values: readonly Value[]): Value[] {
		return values
			.map((value) => ({ value, key: this.number(2 ** 40) }))
			.sort((a, b) => a.key - b.key)
			.map(({ value }) => value);
	}
}

interface Minted {
	readonly text: string;
	/** What was put in. */
	readonly expected: Omit<Invoice, 'text' | 'signature' | 'recoveryFlag'>;
	/** What bolt11 reads. */
	readonly theirs: ReturnType<typeof bolt11.decode>;
}

function mint(dice: Dice, keys: readonly Key[]): Minted {
	const network = dice.pick(NETWORKS);
	const key = dice.pick(keys);
	const msat = mintAmount(dice);
	const timestamp = dice.number(2 ** 35);
	const expiry = dice.chance(60) ? dice.pick([0, 1, 31, 32, 60, 3600, dice.number(1e9)]) : null;
	const cltv = dice.chance(60) ? dice.pick([0, 1, 9, 18, 40, 144, dice.number(1e6)]) : null;
	const isHashed = dice.chance(30);
	const description = isHashed ? null : dice.pick([...TEXTS, `Order ${dice.hex(20)}`]);
	const descriptionHash = isHashed ? dice.hex(32) : null;
	const [paymentHash, paymentSecret] = [dice.hex(32), dice.hex(32)];
	const namesPayee = dice.chance(30);
	const bits = mintFeatures(dice);
	const routes = dice.chance(30) ? [mintRoute(dice, keys)] : [];
	if (routes.length > 0 && dice.chance(30)) routes.push(mintRoute(dice, keys));

	const tags: PaymentRequestObject['tags'] = dice.shuffled([
		{ tagName: 'payment_hash', data: paymentHash },
		{ tagName: 'payment_secret', data: paymentSecret },
		description === null
			? { tagName: 'purpose_commit_hash', data: descriptionHash ?? '' }
			: { tagName: 'description', data: description },
		{ tagName: 'feature_bits', data: featuresForBolt11(bits, dice.number(3)) },
		...(expiry === null ? [] : [{ tagName: 'expire_time', data: expiry }]),
		...(cltv === null ? [] : [{ tagName: 'min_final_cltv_expiry', data: cltv }]),
		...(namesPayee ? [{ tagName: 'payee_node_key', data: key.publicKey }] : []),
		...(dice.chance(25) ? [{ tagName: 'fallback_address', data: mintAddress(dice) }] : []),
	]);
	// Kept in order among themselves, which the shuffle would not do.
	for (const hops of routes) tags.push({ tagName: 'routing_info', data: hops });

	const request = bolt11.encode(
		{ network, timestamp, tags, ...(msat === null ? {} : { millisatoshis: msat.toString() }) },
		false,
	);
	const text = bolt11.sign(request, key.privateKey).paymentRequest ?? '';
	return {
		text,
		theirs: bolt11.decode(text, network),
		expected: {
			network: network.name as Invoice['network'],
			amountMsat: msat,
			timestamp,
			expirySeconds: BigInt(expiry ?? 3600),
			expiresAt: (timestamp + (expiry ?? 3600)) * 1000,
			paymentHash,
			paymentSecret,
			description,
			descriptionHash,
			payee: namesPayee ? key.publicKey : null,
			minFinalCltvExpiryDelta: cltv ?? 18,
			features: bits,
		},
	};
}

/** In msat, up to all bitcoin there will be; with zeros behind, so that every multiplier is used. */
function mintAmount(dice: Dice): bigint | null {
	if (dice.chance(10)) return null;
	const digits = BigInt(dice.number(10 ** (1 + dice.number(9))) + 1);
	const msat = digits * 10n ** BigInt(dice.number(15));
	const most = 2_100_000_000_000_000_000n;
	return msat < most ? msat : most;
}

function mintFeatures(dice: Dice): number[] {
	const odd = Array.from({ length: dice.number(8) }, () => 2 * dice.number(60) + 1);
	const even = EVEN_FEATURES.filter(() => dice.chance(25));
	const secret = dice.pick([14, 15]);
	return [...new Set([...odd, ...even, secret])].sort((a, b) => a - b);
}

function featuresForBolt11(bits: readonly number[], zerosBefore: number) {
	const has = (bit: number) => bits.includes(bit);
	const named = NAMED_FEATURES.map(
		(name, index) => [name, { required: has(2 * index), supported: has(2 * index + 1) }] as const,
	);
	const last = Math.max(...bits, 19);
	return {
		word_length: Math.ceil((last + 1) / 5) + zerosBefore,
		...Object.fromEntries(named),
		extra_bits: {
			start_bit: 20,
			bits: Array.from({ length: last - 19 }, (_, index) => has(20 + index)),
		},
	};
}

function mintRoute(dice: Dice, keys: readonly Key[]) {
	return Array.from({ length: 1 + dice.number(4) }, () => ({
		pubkey: dice.pick(keys).publicKey,
		short_channel_id: dice.hex(8),
		fee_base_msat: dice.number(2 ** 32),
		fee_proportional_millionths: dice.number(2 ** 32),
		cltv_expiry_delta: dice.number(2 ** 16),
	}));
}

function mintAddress(dice: Dice) {
	const [code, bytes] = dice.pick([
		[17, 20],
		[18, 20],
		[0, 20],
		[0, 32],
		[1, 32],
	] as const);
	return { code, addressHash: dice.hex(bytes), address: '' };
}

interface Key {
	readonly privateKey: Buffer;
	readonly publicKey: string;
}

function mintKey(dice: Dice): Key {
	const privateKey = dice.bytes(32);
	return {
		privateKey,
		publicKey: Buffer.from(secp256k1.getPublicKey(privateKey)).toString('hex'),
	};
}

function featuresFromBolt11(theirs: Minted['theirs']): number[] {
	const features = theirs.tagsObject.feature_bits;
	const named = NAMED_FEATURES.flatMap((name, index) => [
		...(features?.[name]?.required ? [2 * index] : []),
		...(features?.[name]?.supported ? [2 * index + 1] : []),
	]);
	const extra = features?.extra_bits?.bits ?? [];
	return [...named, ...extra.flatMap((isSet, index) => (isSet ? [20 + index] : []))];
}

/** The fields that bolt11 reads at all, under our names. */
function readByBolt11({ theirs }: Minted) {
	const tags = theirs.tagsObject;
	return {
		text: theirs.paymentRequest,
		amountMsat: theirs.millisatoshis ? BigInt(theirs.millisatoshis) : null,
		timestamp: theirs.timestamp,
		expirySeconds: BigInt(tags.expire_time ?? 3600),
		paymentHash: tags.payment_hash,
		paymentSecret: tags.payment_secret,
		description: tags.description ?? null,
		descriptionHash: tags.purpose_commit_hash ?? null,
		payee: tags.payee_node_key ?? null,
		minFinalCltvExpiryDelta: tags.min_final_cltv_expiry ?? 18,
		features: featuresFromBolt11(theirs),
		signature: theirs.signature,
		recoveryFlag: theirs.recoveryFlag,
	};
}

test(`${INVOICES} invoices of bolt11 decode to what was put in and to what bolt11 reads`, () => {
	const dice = new Dice(SEED);
	const keys = Array.from({ length: 12 }, () => mintKey(dice));
	const seen = new Map<string, number>();
	for (let index = 0; index < INVOICES; index++) {
		const minted = mint(dice, keys);
		const which = { seed: SEED, index, minted: minted.text };
		const invoice = decodeInvoice(minted.text);
		expect({ ...which, ...invoice }).toMatchObject({ ...which, ...minted.expected });
		expect({ ...which, ...invoice }).toMatchObject({ ...which, ...readByBolt11(minted) });
		for (const trait of traitsOf(invoice, minted.theirs))
			seen.set(trait, (seen.get(trait) ?? 0) + 1);
	}
	const rarest = [...seen.values()].reduce((a, b) => Math.min(a, b));
	expect([...seen.keys()].sort()).toEqual(TRAITS);
	expect(rarest).toBeGreaterThan(INVOICES / 150);
});

const TRAITS = [
	'amount m',
	'amount n',
	'amount none',
	'amount p',
	'amount u',
	'amount whole',
	'described',
	'hashed',
	'mainnet',
	'payee named',
	'recovery 0',
	'recovery 1',
	'regtest',
	'routes',
	'signet',
	'testnet',
];

/** So that the test notices if the dice stop throwing some kind of invoice. */
function traitsOf(invoice: Invoice, theirs: Minted['theirs']): string[] {
	const multiplier = /[a-z]*$/.exec(invoice.text.slice(4, invoice.text.lastIndexOf('1')))?.[0];
	return [
		invoice.network,
		invoice.amountMsat === null ? 'amount none' : `amount ${multiplier || 'whole'}`,
		invoice.description === null ? 'hashed' : 'described',
		`recovery ${invoice.recoveryFlag}`,
		...(invoice.payee === null ? [] : ['payee named']),
		...(theirs.tagsObject.routing_info === undefined ? [] : ['routes']),
	];
}
