import type { LookupOutcome } from '../../nodes/Sats4Ai/l402/payer';
import type { Wallet, WalletSettings } from '../../nodes/Sats4Ai/wallets/wallet';
import type { EmulatedWallet, StartEmulator } from './emulators/emulated';
import { mint, type Minted } from './emulators/mint';
import { open } from './open';

/** An emulated wallet, and the node's wallet that pays with it. */
export class Stage {
	readonly wallet: Wallet;

	constructor(readonly emulated: EmulatedWallet) {
		this.wallet = this.openedWith(emulated.settings);
	}

	/** The emulated wallet asked with this secret. No call takes longer than `longestMs`. */
	readonly openedWith = (settings: WalletSettings, longestMs?: number): Wallet =>
		open(this.emulated, settings, longestMs);

	/** An invoice that the emulated wallet can pay, of so many seconds ago. */
	readonly minted = (amountMsat?: bigint, ageS?: number): Minted => {
		const invoice = mint(amountMsat, ageS);
		this.emulated.node.preimages.set(invoice.paymentHash, invoice.preimage);
		return invoice;
	};

	readonly lookup = async (invoice: Minted): Promise<LookupOutcome> =>
		await this.wallet.lookupPayment(invoice, 5_000);
}

/**
 * Gives each test a stage of its own, so that tests, which mostly wait, can do so beside each other; a
 * test of `each` gets its row after the stage.
 */
export function stageFor<Kind extends Stage>(
	start: StartEmulator,
	kind: new (emulated: EmulatedWallet) => Kind,
) {
	return <Row extends unknown[]>(work: (stage: Kind, ...row: Row) => Promise<void>) =>
		async (...row: Row): Promise<void> => {
			const emulated = await start();
			try {
				await work(new kind(emulated), ...row);
			} finally {
				await emulated.close();
			}
		};
}
