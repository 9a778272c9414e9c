import type { IDataObject } from 'n8n-workflow';
import type { EmulatedWallet, StartEmulator } from '../wallets/emulators/emulated';
import { giveWebSocket } from './giveWebSocket';
import { paymentOf, reportOf, type ErrorReport, type Outcome } from './outcome';
import { photo } from './photo';
import { CONTINUE, Scene } from './scene';

giveWebSocket();

const BALANCE_MSAT = 10_000_000n;

/** A quote of the sandbox, and the emulated wallet that is to pay it. */
export class QuoteStage {
	private constructor(
		private readonly name: string,
		readonly scene: Scene,
		readonly emulated: EmulatedWallet,
		private readonly quote: IDataObject,
	) {
		const { node } = emulated;
		node.balanceMsat = BALANCE_MSAT;
		// What the service hands out when it is paid.
		node.preimages.get = (paymentHash) => {
			const { ledger } = scene.sandbox;
			const sold = ledger.find((entry) => entry.paymentHash === paymentHash);
			return sold === undefined
				? undefined
				: (scene.sandbox.payElsewhere(sold.invoice) ?? sold.preimage);
		};
	}

	/** Works with a quote, checks that no money went out twice, and closes everything. */
	static async on(
		name: string,
		start: StartEmulator,
		work: (stage: QuoteStage) => Promise<void>,
		invoiceExpirySeconds = 600,
	): Promise<void> {
		const scene = await Scene.open({ allowReplay: true, invoiceExpirySeconds });
		const emulated = await start();
		try {
			const stage = new QuoteStage(name, scene, emulated, await quoteOf(scene));
			await work(stage);
			const settled = [...emulated.node.payments.values()].filter(
				({ state }) => state === 'complete',
			);
			const costMsat = settled.reduce(
				(sum, { amountMsat, feeMsat }) => sum + amountMsat + feeMsat,
				0n,
			);
			expect(stage.spentMsat).toBe(costMsat);
			scene.expectHonest();
		} finally {
			await emulated.close();
			await scene.close();
		}
	}

	get node() {
		return this.emulated.node;
	}

	get paymentHash(): string {
		return String(this.quote.paymentHash);
	}

	get payCalls(): number {
		return this.emulated.payCalls();
	}

	/** What left the wallet, in thousandths of a sat. */
	get spentMsat(): bigint {
		return BALANCE_MSAT - this.node.balanceMsat;
	}

	async another(): Promise<IDataObject> {
		return await quoteOf(this.scene);
	}

	async pay(payment = this.quote, options: IDataObject = {}, settings = {}): Promise<Outcome> {
		const { caCertificate, macaroon, adminKey, password, rune, connectionString, url } =
			this.emulated.settings;
		const secrets = { macaroon, adminKey, password, rune, connectionString };
		return await this.scene.run({
			items: [{ ...photo(), json: { payment } }],
			parameters: { payment: 'payQuote', maxPriceSat: 50 },
			options: { paymentTimeout: 20, ...options },
			credential: { wallet: this.name, url, caCertificate, ...secrets },
			settings,
		});
	}

	async refused(options: IDataObject = {}): Promise<ErrorReport> {
		return reportOf((await this.pay(this.quote, options, CONTINUE)).items[0]);
	}

	/** The same wallet pays, asked by somebody else. */
	payElsewhere(payment = this.quote): void {
		this.node.send(String(payment.paymentHash), BigInt(Number(payment.priceSat)) * 1_000n);
	}

	/** Waits until the wallet has begun with the payment. */
	async underWay(): Promise<void> {
		while (!this.node.payments.has(this.paymentHash)) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
}

async function quoteOf(scene: Scene): Promise<IDataObject> {
	const { items } = await scene.run({
		parameters: { payment: 'invoiceOnly' },
		credential: null,
	});
	return paymentOf(items[0]) as IDataObject;
}
