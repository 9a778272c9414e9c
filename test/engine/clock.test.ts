import { compileFunction } from 'node:vm';
import { serialOf } from './outcome';
import { inScene, type Scene } from './scene';

const HOUR_MS = 60 * 60 * 1_000;
/** The built node runs outside of the tests' own realm, with this `Date`. */
const NodesDate = compileFunction('return Date')() as DateConstructor;

/** Sets the clock of this machine by so much when `place` is reached for the first time. */
function setClockAt({ sandbox }: Scene, place: 'pay' | 'redeem', byMs: number): void {
	const { now } = Date;
	let setMs = 0;
	jest.spyOn(NodesDate, 'now').mockImplementation(() => now() + setMs);
	const match = () => {
		setMs = byMs;
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
});
