import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LightningWalletApi } from '../../credentials/LightningWalletApi.credentials';
import manifest from '../../package.json';
import { loadNode } from '../../sandbox/engine/loadNode';
import { paymentOf } from '../engine/outcome';
import { CONTINUE, inScene } from '../engine/scene';
import { compare, contractOf, type Contract } from './contract';

const FILE = join(__dirname, '..', '..', 'docs', 'contract.json');

interface Saved {
	/** The version that it was written for. */
	readonly version: string;
	readonly contract: Contract;
}

/** An item of each kind that the node puts out. */
async function outputs(): Promise<Record<string, unknown>> {
	const items: Record<string, unknown> = {};
	await inScene({}, async (scene) => {
		items.wallet = (await scene.run({})).items[0]?.json;
		const quoted = await scene.run({ parameters: { payment: 'invoiceOnly' } });
		items.invoiceOnly = quoted.items[0]?.json;
		const { token, invoice } = paymentOf(quoted.items[0]);
		const answer = await fetch(`${scene.sandbox.walletUrl}/api/v1/payments`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': scene.sandbox.adminKey },
			body: JSON.stringify({ out: true, bolt11: invoice }),
		});
		const { preimage } = (await answer.json()) as { preimage: string };
		const parameters = { payment: 'redeem', token: String(token), preimage };
		items.redeem = (await scene.run({ parameters })).items[0]?.json;
		scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 422 } });
		items.error = (await scene.run({ settings: CONTINUE })).items[0]?.json;
	});
	return items;
}

/**
 * Saved workflows are a contract. `UPDATE_CONTRACT=1 npx jest test/contract` writes down what is
 * new; what is gone or changed takes a new major version, and its words in CHANGELOG.md.
 */
test('keeps what saved workflows depend on', async () => {
	const current = contractOf(loadNode(), new LightningWalletApi(), await outputs());
	const saved = JSON.parse(readFileSync(FILE, 'utf8')) as Saved;
	const { broken, added } = compare(saved.contract, current);
	const [major = 0, savedMajor = 0] = [manifest.version, saved.version].map((version) =>
		Number(version.split('.')[0]),
	);
	const isWrittenDown = readFileSync(join(FILE, '..', '..', 'CHANGELOG.md'), 'utf8').includes(
		`## ${manifest.version}`,
	);
	if (process.env.UPDATE_CONTRACT === '1' && (broken.length === 0 || major > savedMajor)) {
		const contract = Object.fromEntries(
			Object.entries(current).sort(([a], [b]) => (a < b ? -1 : 1)),
		);
		const text = JSON.stringify({ version: manifest.version, contract }, null, '\t');
		writeFileSync(FILE, `${text}\n`);
		return;
	}
	expect({ broken: major > savedMajor && isWrittenDown ? [] : broken, added }).toEqual({
		broken: [],
		added: [],
	});
});

describe('the comparison', () => {
	const saved = { 'node.a': { default: 1 }, 'node.b=x': true };

	it.each([
		['nothing changed', saved, [], []],
		['a parameter is gone', { 'node.b=x': true }, ['node.a'], []],
		['a default changed', { ...saved, 'node.a': { default: 2 } }, ['node.a'], []],
		['a value is gone', { 'node.a': { default: 1 } }, ['node.b=x'], []],
		['a parameter is new', { ...saved, 'node.c': 1 }, [], ['node.c']],
	])('sees that %s', (_name, current, broken, added) => {
		expect(compare(saved, current)).toEqual({ broken, added });
	});
});
