import { payInvoice, type Settlement } from '../../nodes/Sats4Ai/l402/payment';
import { CLOCK } from './clock';
import type { StartEmulator } from './emulators/emulated';
import type { Minted } from './emulators/mint';
import type { Label } from './emulators/playNode';
import { Stage, stageFor } from './stage';

const HURRIED_MS = 600;
const UNREACHABLE = 'Destination 02ab is not reachable directly and all routehints were unusable.';

/** Rows that a kind of wallet cannot show, and why. */
export interface CannotHappen {
	readonly incoming?: string;
	readonly contradiction?: string;
	readonly offline?: string;
}

class FaultStage extends Stage {
	readonly settle = async (invoice: Minted, payer = this.wallet): Promise<Settlement> => {
		const deadlineAt = performance.now() + 5_000;
		return await payInvoice(payer, invoice, { maxFeeMsat: 10_000n, deadlineAt }, CLOCK);
	};

	readonly hurried = () => this.openedWith(this.emulated.settings, HURRIED_MS);
}

/** How wallets fail in the field: each kind of fault, on every wallet that can show it. */
export function describeFaults(title: string, start: StartEmulator, cannot: CannotHappen): void {
	describe(`${title}, in the field`, () => {
		const held = stageFor(start, FaultStage);
		/** A row that cannot happen says why. */
		const unless = (reason: string | undefined) => (what: string, run: () => Promise<void>) =>
			reason === undefined
				? test.concurrent(what, run)
				: test(`${what}: cannot happen, ${reason}`, () => expect(reason).not.toBe(''));

		test.concurrent(
			'a refusal in words nobody knows, without a record, is final and keeps its words',
			held(async ({ emulated, minted, settle }) => {
				emulated.node.refusal = UNREACHABLE;
				expect(await settle(minted())).toMatchObject({
					status: 'failed',
					reason: expect.stringContaining('all routehints were unusable'),
				});
				expect(emulated.node.sent).toEqual([]);
			}),
		);

		describe.each<Label>(['incoming', 'failed', 'pending'])('labeled %s by a look-up', (label) => {
			const possible = unless(label === 'incoming' ? cannot.incoming : undefined);
			possible(
				'with its proof, it is paid',
				held(async ({ emulated, wallet, minted }) => {
					const invoice = minted();
					emulated.node.send(invoice.paymentHash, invoice.amountMsat);
					emulated.node.label = label;
					const { preimage } = invoice;
					expect(await wallet.lookupPayment(invoice, 5_000)).toMatchObject({
						status: 'paid',
						preimage,
					});
				}),
			);
		});

		unless(cannot.incoming)(
			'incoming and unproven is unknown',
			held(async ({ emulated, wallet, minted }) => {
				const invoice = minted();
				emulated.node.preimages.set(invoice.paymentHash, '');
				emulated.node.send(invoice.paymentHash, invoice.amountMsat);
				emulated.node.label = 'incoming';
				expect(await wallet.lookupPayment(invoice, 5_000)).toMatchObject({ status: 'unknown' });
			}),
		);

		unless(cannot.contradiction)(
			'failed here and under way there is under way',
			held(async ({ emulated, wallet, minted }) => {
				const invoice = minted();
				emulated.node.plan = 'hold';
				emulated.node.send(invoice.paymentHash, invoice.amountMsat);
				emulated.node.contradicts = true;
				expect(await wallet.lookupPayment(invoice, 5_000)).toMatchObject({ status: 'pending' });
			}),
		);

		test.concurrent(
			'the first failed after a call without an answer is asked again',
			held(async ({ emulated, minted, settle, hurried }) => {
				const invoice = minted();
				emulated.breakWith('cut');
				emulated.node.staleReads = 1;
				const { preimage } = invoice;
				expect(await settle(invoice, hurried())).toMatchObject({ status: 'paid', preimage });
				expect(emulated.node.sent).toHaveLength(1);
			}),
		);

		test.concurrent(
			'a failed that stays is believed, with the words of the call',
			held(async ({ emulated, minted, settle, hurried }) => {
				emulated.node.plan = 'noRoute';
				emulated.breakWith('cut');
				expect(await settle(minted(), hurried())).toMatchObject({
					status: 'failed',
					reason: expect.stringMatching(/did not answer.*Asked again, /),
				});
			}),
		);

		unless(cannot.offline)(
			'offline peers are no lack of balance',
			held(async ({ emulated, minted, settle }) => {
				emulated.node.isOffline = true;
				expect(await settle(minted())).toMatchObject({
					status: 'failed',
					cause: 'offline',
					reason: expect.stringMatching(/is offline|not connected/),
				});
			}),
		);

		test.concurrent(
			'a right that is missing is named by the test, which pays nothing',
			held(async ({ emulated, openedWith }) => {
				for (const [settings, says] of emulated.lacking ?? []) {
					const description = await openedWith(settings).describe(5_000);
					expect(description).toMatchObject({
						status: 'unavailable',
						cause: 'unauthorized',
						reason: expect.stringMatching(says),
					});
				}
				expect(emulated.payCalls()).toBe(0);
			}),
		);

		test.concurrent(
			'is asked once whether it is there, however often it pays',
			held(async ({ emulated, minted, settle }) => {
				for (const invoice of [minted(), minted(), minted()]) {
					expect(await settle(invoice)).toMatchObject({ status: 'paid' });
				}
				const asked = emulated.asked?.() ?? [];
				const isInfo = (request: string) => /getinfo|api\/v1\/wallet$/.test(request);
				expect(asked.filter(isInfo).length).toBeLessThanOrEqual(1);
				expect(emulated.payCalls()).toBe(3);
			}),
		);

		test.concurrent(
			'what takes its place after it was met may have paid',
			held(async ({ emulated, wallet, minted, settle }) => {
				const invoice = minted();
				expect(await settle(minted())).toMatchObject({ status: 'paid' });
				emulated.replaceBy?.({
					status: 200,
					body: '<html><title>Hi</title></html>',
					type: 'text/html',
				});
				const outcome = await wallet.payInvoice(invoice, { maxFeeMsat: 10_000n, timeoutMs: 2_000 });
				// LNbits is asked for its fee first, which tells.
				expect(outcome.status).toBe(title === 'lnbits' ? 'notSent' : 'unknown');
			}),
		);

		test.concurrent(
			'a secret that is wrong is said to be, not the address',
			held(async ({ emulated, minted, settle, openedWith }) => {
				const stranger = openedWith(emulated.wrongSecret);
				expect(await settle(minted(), stranger)).toMatchObject({ cause: 'unauthorized' });
			}),
		);
	});
}
