import { standInFront, type Instead, type Passed } from './inFront';
import { inScene, type Scene } from './scene';

/** Runs with a service that answers some requests in its own way. */
export async function withService(
	instead: (passed: Passed) => Instead | undefined,
	work: (scene: Scene, serviceUrl: string) => Promise<void>,
): Promise<void> {
	await inScene({}, async (scene) => {
		const front = await standInFront(scene.sandbox.serviceUrl, instead);
		await work(scene, front.url).finally(async () => await front.close());
	});
}
