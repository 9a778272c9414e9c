import { setClockOn } from './nodesDate';
import { serialOf, thrownReport } from './outcome';
import { inScene, type Scene } from './scene';

const HOUR_MS = 60 * 60 * 1_000;
const MINUTE_MS = 60 * 1_000;

/** Sets the clock of this machine by so much when `place` is reached for the first time. */
function setClockAt({ sandbox }: Scene, place: 'pay' | 'redeem', byMs: number): void {
	let isSet = false;
	const match = () => {
		if (!isSet) setClockOn(byMs);
		isSet = true;
		return false;
	};
	sandbox.faults.push({ at: place, fault: { kind: 'hang' }, match });
}

// One after the other: they share this machine's clock.
describe('a wall clock that is set', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it.each([
		['back', -HOUR_MS],
		['forward', HOUR_MS],
	])('%s by an hour stretches no pause and cuts no time short', async (_name, byMs) => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 503 } as const;
			setClockAt(scene, 'redeem', byMs);
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 2 });
			const { items, error } = await scene.run();
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.each([
		['back', -HOUR_MS],
		['forward', HOUR_MS],
	])('%s by an hour leaves the look-ups of a payment their time', async (_name, byMs) => {
		await inScene({}, async (scene) => {
			setClockAt(scene, 'pay', byMs);
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'pending', lookups: 3 } });
			const { items, error } = await scene.run();
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it('forward ends no payment that may still be on its way to the wallet', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' } });
			const call = { options: { paymentTimeout: 1 } };
			const first = await scene.run(call);
			expect(thrownReport(first).code).toBe('PAYMENT_UNKNOWN');
			// Past the end of the invoice, by this clock alone.
			setClockOn(12 * MINUTE_MS);
			for (const contextData of [{}, first.contextData]) {
				const next = await scene.run({ ...call, contextData });
				expect(thrownReport(next).code).toBe('PAYMENT_UNKNOWN');
			}
			expect(scene.sandbox.ledger).toHaveLength(1);
			jest.restoreAllMocks();
			const { items } = await scene.run(call);
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.each([
		[23, 1, 1],
		[25, 1, 2],
	])(
		'%d hours on: a paid purchase that the service fails to serve is asked for again first',
		async (hours, asked, afterward) => {
			await inScene({}, async (scene) => {
				const fault = { kind: 'status', status: 500 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, times: Infinity });
				const call = { options: { requestTimeout: 1 } };
				expect((await scene.failure(call)).hint).not.toContain('let go');
				setClockOn(hours * HOUR_MS);
				const later = await scene.failure(call);
				expect(scene.sandbox.ledger).toHaveLength(asked);
				expect(later.payment).toMatchObject({ preimage: scene.sandbox.ledger[0]?.preimage });
				expect(later.hint.includes('let go')).toBe(afterward > asked);
				jest.restoreAllMocks();
				await scene.run(call);
				expect(scene.sandbox.ledger).toHaveLength(afterward);
			});
		},
	);
});
