import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import { serialOfPlainPicture } from '../sandbox/pictures/plainPicture';
import { startSandbox } from '../sandbox/startSandbox';
import type { Client, Order } from './order';
import type { Scene } from './scenes';
import { judge, type Verdict } from './verdict';
import { stageWallet } from './wallets';

/** Calls of the client while things go wrong, and after that. */
const STORMY_CALLS = 2;
const CALM_CALLS = 2;
const TIMEOUT_SECONDS = 3;
const MAX_SAT = 300;
const BALANCE_MSAT = 10_000_000n;

/** Has a client buy one picture in one scene, and judges by the books of wallet and service. */
export async function playScene(client: Client, name: WalletName, scene: Scene): Promise<Verdict> {
	let isStormy = true;
	/** What has gone wrong so far. */
	const struck = new Set<keyof Scene>();
	const service = await startSandbox({
		pictures: 'plain',
		resultShape: 'rawBytes',
		allowReplay: true,
	});
	const wallet = await stageWallet(name, {
		bendOf: (call) => (isStormy ? scene[call] : undefined),
		struck: (call) => struck.add(call),
	});
	const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
	const { node } = wallet;
	node.balanceMsat = BALANCE_MSAT;
	// The recipient is the service: it is paid when the wallet settles, and hands out its preimage.
	node.preimages.get = (paymentHash) => {
		const sold = service.ledger.find((entry) => entry.paymentHash === paymentHash);
		return sold && (service.payElsewhere(sold.invoice) ?? sold.preimage);
	};
	if (scene.redeem !== undefined) {
		service.faults.push({ at: 'redeem', fault: scene.redeem, times: Infinity });
	}
	const { settlesAfterMs } = scene;
	if (settlesAfterMs !== undefined) node.plan = 'hold';
	const settling = settlesAfterMs === undefined ? undefined : setInterval(settleDue, 50);
	const order: Order = {
		url: `${service.serviceUrl}/api/l402/image`,
		body: JSON.stringify({ input: { prompt: 'a boat' } }),
		maxSat: MAX_SAT,
		timeoutSeconds: TIMEOUT_SECONDS,
		outFile: join(folder, 'result'),
		stateFolder: folder,
		wallet: name,
		walletUrl: wallet.url,
		walletSecret: wallet.secret,
	};
	try {
		let output = '';
		for (let call = 0; call < STORMY_CALLS + CALM_CALLS; call += 1) {
			if (call === STORMY_CALLS) await calm();
			output += (await client(order)).output;
			// What has left twice does not come back.
			if (hasResult() || settled().length > 1) break;
		}
		await calm();
		if (service.requests.some(({ fault }) => fault !== null)) struck.add('redeem');
		const { name: _, ...wrong } = scene;
		const hasStruck = (Object.keys(wrong) as Array<keyof Scene>).every((what) => struck.has(what));
		const paid = settled();
		const tokens = service.ledger
			.filter(({ paymentHash }) => paid.includes(paymentHash))
			.map(({ token }) => token);
		return judge({
			settlements: paid.length,
			hasResult: hasResult(),
			hasStruck,
			canBeFinished: tokens.length > 0 && tokens.every((token) => output.includes(token)),
		});
	} finally {
		clearInterval(settling);
		await wallet.close();
		await service.close();
		rmSync(folder, { recursive: true });
	}

	function hasResult(): boolean {
		return existsSync(order.outFile) && serialOfPlainPicture(readFileSync(order.outFile)) !== null;
	}

	/** The hashes of all payments that have left, each as often as it did. */
	function settled(): string[] {
		return node.sent.filter((hash) => node.payments.get(hash)?.state === 'complete');
	}

	function settleDue(): void {
		const due = Date.now() - (settlesAfterMs ?? 0);
		for (const { paymentHash, state, begunAt } of node.payments.values()) {
			if (state !== 'pending' || begunAt > due) continue;
			node.settle(paymentHash);
			struck.add('settlesAfterMs');
		}
	}

	async function calm(): Promise<void> {
		isStormy = false;
		service.faults.clear();
		node.plan = 'deliver';
		while ([...node.payments.values()].some(({ state }) => state === 'pending')) await wait(50);
	}
}
