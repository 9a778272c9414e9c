import type { Http } from '../../nodes/Sats4Ai/l402/http';
import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import { readWalletSettings } from '../../nodes/Sats4Ai/wallets/settings';
import { codeBlocks, read, section } from './markdown';

const [command = ''] = codeBlocks(section(read('docs/wallets.md'), 'Core Lightning'), 'sh');
/** All of them must hold; each holds if one of its conditions does. */
const restrictions = JSON.parse(/restrictions='([^']+)'/.exec(command)?.[1] ?? '') as string[][];
const invoice = { text: 'lnbc50n1example', paymentHash: 'ab'.repeat(32), amountMsat: 5_000n };

interface Call {
	readonly method: string;
	readonly params: Readonly<Record<string, unknown>>;
}

/** All that the wallet asks of a node that answers everything. */
async function callsOfTheWallet(): Promise<readonly Call[]> {
	const calls: Call[] = [];
	const http: Http = async ({ url, body }) => {
		const params = JSON.parse(String(body ?? '{}')) as Call['params'];
		calls.push({ method: url.split('/v1/')[1] ?? '', params });
		const answer = JSON.stringify({ id: '02', alias: 'atelier', network: 'bitcoin', channels: [] });
		return { kind: 'answer', status: 201, headers: {}, body: Buffer.from(answer) };
	};
	const credential = { wallet: 'cln', url: 'https://127.0.0.1:3010', rune: 'r=' };
	const wallet = connectWallet(readWalletSettings(credential), {
		http,
		now: () => 0,
		elapsedMs: () => 0,
		sleep: async () => undefined,
	});
	await wallet.payInvoice(invoice, { maxFeeMsat: 10_000n, timeoutMs: 5_000 });
	await wallet.lookupPayment(invoice, 5_000);
	await wallet.describe(5_000);
	return calls;
}

test('the rune of the wallets page allows what the wallet calls, and no other method', async () => {
	const [allowed = []] = restrictions;
	const called = (await callsOfTheWallet()).map(({ method }) => `method=${method}`);
	expect(allowed).toEqual(expect.arrayContaining(called));
	const source = read('nodes/Sats4Ai/wallets/cln/wallet.ts');
	expect(allowed.filter((rule) => !source.includes(`'${rule.split('=')[1]}'`))).toEqual([]);
});

test('it limits the amount and the rate of that which pays, and of nothing else', async () => {
	const pay = (await callsOfTheWallet()).find(({ params }) => 'maxfee' in params);
	const [name] =
		Object.entries(pay?.params ?? {}).find(([, value]) => value === invoice.text) ?? [];
	expect(restrictions.slice(1)).toEqual([
		[`method/${pay?.method}`, `pinv${name}_amount<100001`],
		[`method/${pay?.method}`, 'rate=10'],
	]);
});
