import type { INodeExecutionData } from 'n8n-workflow';
import { startNwc, type NwcEmulator, type NwcOptions } from '../wallets/emulators/nwc';
import { giveWebSocket } from './giveWebSocket';
import { CONTINUE, Scene, type Call } from './scene';
import { paymentOf, reportOf, type Outcome } from './outcome';

giveWebSocket();

/** The sandbox, sold to a wallet behind Nostr relays. */
export class NostrScene {
	private constructor(
		readonly scene: Scene,
		readonly emulator: NwcEmulator,
	) {
		const { node } = emulator;
		node.balanceMsat = 10_000_000n;
		// What the service hands out when it is paid.
		node.preimages.get = (paymentHash) => {
			const { ledger } = scene.sandbox;
			const sold = ledger.find((entry) => entry.paymentHash === paymentHash);
			return sold === undefined
				? undefined
				: (scene.sandbox.payElsewhere(sold.invoice) ?? sold.preimage);
		};
	}

	/** Works in a scene, checks that nothing was paid twice, and closes it. */
	static async in(options: NwcOptions, work: (stage: NostrScene) => Promise<void>): Promise<void> {
		const stage = new NostrScene(await Scene.open(), await startNwc(options));
		try {
			await work(stage);
			const { sent } = stage.emulator.node;
			expect(new Set(sent).size).toBe(sent.length);
			stage.scene.expectHonest();
		} finally {
			await stage.emulator.close();
			await stage.scene.close();
		}
	}

	/** Runs the node with the wallet's connection string over these relays. */
	async run(call: Call = {}, relays = [this.emulator.relayUrl]): Promise<Outcome> {
		const { connectionString } = this.emulator.settingsOver(relays);
		const credential = { wallet: 'nwc', connectionString, ...call.credential };
		return await this.scene.run({ ...call, credential });
	}

	async failure(call: Call = {}, relays?: string[]) {
		const { items } = await this.run({ ...call, settings: { ...CONTINUE } }, relays);
		return reportOf(items[0]);
	}

	/** How many times money was sent. */
	get sent(): number {
		return this.emulator.node.sent.length;
	}
}

export function isPaid(item: INodeExecutionData | undefined): boolean {
	return paymentOf(item).status === 'paid' && paymentOf(item).wallet === 'nwc';
}
