import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Sandbox } from '../sandbox/startSandbox';
import type { Purchase } from './purchases';

export interface Audit {
	readonly priceSat: number;
	readonly feeMsat: number;
	readonly balanceBeforeMsat: number;
	readonly balanceAfterMsat: number;
	/** What does not add up, in words; empty where everything does. */
	readonly problems: readonly string[];
}

/** One payment as one side has written it down. */
interface Entry {
	readonly paymentHash: string;
	readonly amountMsat: number;
	readonly feeMsat: number;
}

/**
 * Lays three books side by side, payment by payment: what the service was paid, what the wallet
 * paid, and what the output of the workflow says. Also: each picture decodes to the size its item
 * names, each preimage proves its payment, and no secret went astray.
 * @param expected how many pictures the workflow should have made
 */
export async function audit(
	sandbox: Pick<Sandbox, 'ledger' | 'wallet' | 'leaks' | 'stranger'>,
	purchases: readonly Purchase[],
	expected: number,
	balanceBeforeMsat: number,
): Promise<Audit> {
	const receipts = purchases.map(({ paymentHash, priceSat, feeMsat }) => ({
		paymentHash,
		amountMsat: priceSat * 1000,
		feeMsat,
	}));
	const service = sandbox.ledger
		.filter(({ paidAt }) => paidAt !== null)
		.map(({ paymentHash, priceMsat, feeMsat }) => ({
			paymentHash,
			amountMsat: priceMsat,
			feeMsat: feeMsat ?? 0,
		}));
	const wallet = sandbox.wallet.payments.filter(({ status }) => status !== 'failed');
	const balanceAfterMsat = sandbox.wallet.balanceMsat;
	const spentMsat = sum(receipts, ({ amountMsat, feeMsat }) => amountMsat + feeMsat);
	const pictures = await Promise.all(purchases.map(pictureProblems));
	const problems = [
		...check(purchases.length === expected, `${purchases.length} of ${expected} pictures came`),
		...differences('the service', service, 'the receipts', receipts),
		...differences('the wallet', wallet, 'the receipts', receipts),
		...check(
			balanceBeforeMsat - balanceAfterMsat === spentMsat,
			`${spentMsat} msat by the receipts, ${balanceBeforeMsat - balanceAfterMsat} msat by the balance`,
		),
		...check(sandbox.leaks.length === 0, 'a secret was sent where it does not belong'),
		...check(sandbox.stranger.requests.length === 0, 'a request went to another host'),
		...pictures.flat(),
	];
	const priceSat = sum(purchases, (purchase) => purchase.priceSat);
	const feeMsat = sum(purchases, (purchase) => purchase.feeMsat);
	return { priceSat, feeMsat, balanceBeforeMsat, balanceAfterMsat, problems };
}

async function pictureProblems(purchase: Purchase): Promise<string[]> {
	const { fileName, bytes, width, height, paymentHash, preimage } = purchase;
	const size = await sharp(bytes, { limitInputPixels: false })
		.raw()
		.toBuffer({ resolveWithObject: true })
		.then(
			({ info }) => `${info.width} × ${info.height}`,
			() => null,
		);
	const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
	return [
		...check(size !== null, `${fileName} does not decode`),
		...check(
			size === null || size === `${width} × ${height}`,
			`${fileName} is ${size}, and its item says ${width} × ${height}`,
		),
		...check(hash === paymentHash, `${fileName}: the preimage does not prove the payment`),
	];
}

function differences(
	oneName: string,
	one: readonly Entry[],
	otherName: string,
	other: readonly Entry[],
): string[] {
	const text = ({ paymentHash, amountMsat, feeMsat }: Entry) =>
		`${paymentHash} over ${amountMsat} msat with a fee of ${feeMsat} msat`;
	const ones = one.map(text);
	const others = other.map(text);
	return [
		...ones
			.filter((entry) => !others.includes(entry))
			.map((entry) => `only ${oneName} has the payment ${entry}`),
		...others
			.filter((entry) => !ones.includes(entry))
			.map((entry) => `only ${otherName} have the payment ${entry}`),
		...check(new Set(others).size === others.length, `${otherName} name a payment twice`),
		...check(new Set(ones).size === ones.length, `${oneName} has a payment twice`),
	];
}

function check(holds: boolean, problem: string): string[] {
	return holds ? [] : [problem];
}

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
	return values.reduce((total, value) => total + of(value), 0);
}
