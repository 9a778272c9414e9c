import { pictureBytes } from './photo';
import { serialOf, thrownReport } from './outcome';
import { CONTINUE, inScene, RETRY } from './scene';

const EACH_TIME_ANOTHER = '={{ "A lighthouse at " + Math.random() }}';
const painting = { operation: 'generateImage', model: 'Standard', prompt: EACH_TIME_ANOTHER };
const REFUSAL = { kind: 'status', status: 422 } as const;

/** Pictures enough for a minute, of which no two tries send the same. */
const anotherPicture = `={{ [${Array.from({ length: 300 }, (_, index) =>
	JSON.stringify(pictureBytes(`try ${index}`).toString('base64')),
).join(',')}][Math.floor(Date.now() / 200) % 300] }}`;

describe('a body that changes with each try', () => {
	it.concurrent.each([
		['is paid and refused', { at: 'redeem', fault: REFUSAL, times: 3 } as const],
		['is paid, as nobody knows', { at: 'pay', fault: { kind: 'cutAfter' } } as const],
		['is not paid, as nobody knows', { at: 'pay', fault: { kind: 'cut' } } as const],
	])('%s: it is finished with the bytes that were ordered', async (_name, fault) => {
		await inScene({}, async (scene) => {
			let silent = 2;
			scene.sandbox.faults.push(fault);
			const match = () => (silent -= 1) >= 0;
			scene.sandbox.faults.push({ at: 'lookup', fault: { kind: 'cut' }, times: 2, match });
			const { items, error } = await scene.run({
				parameters: painting,
				settings: RETRY,
				options: { paymentTimeout: 4 },
			});
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
			const redeemed = scene.bodies.filter(({ place }) => place === 'redeem');
			for (const { bytes } of redeemed) expect(bytes).toEqual(scene.bodies[0]?.bytes);
		});
	});

	it.concurrent('in its picture is paid once, and says what changes', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: REFUSAL, times: Infinity });
			const parameters = { imageSource: 'base64', imageBase64: anotherPicture };
			const settings = { ...RETRY, maxTries: 4, waitBetweenTries: 250 };
			const outcome = await scene.run({ parameters, settings });
			const report = thrownReport(outcome);
			const [sold] = scene.sandbox.ledger;
			expect(scene.paid).toHaveLength(1);
			expect(report).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				payment: { token: sold?.token, preimage: sold?.preimage },
			});
			expect(report.message).toContain('image changes with each try');
		});
	});

	it.concurrent('is bought anew once the old one is proven unpaid', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'noRoute' } });
			const { error } = await scene.run({ parameters: painting, settings: RETRY });
			expect(error).toBeUndefined();
			expect(scene.sandbox.ledger).toHaveLength(2);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.concurrent('is another purchase in another run', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: REFUSAL });
			await scene.run({ parameters: painting, settings: CONTINUE });
			const { error } = await scene.run({ parameters: painting });
			expect(error).toBeUndefined();
			expect(scene.paid).toHaveLength(2);
		});
	});
});
