import type { SandboxOptions } from '../../sandbox/options';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { ask, paths, type Challenge } from './buyer';

const open: Sandbox[] = [];

/** A sandbox that is closed after the test, whether it passes or not. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	open.push(sandbox);
	return sandbox;
}

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (sandbox) => await sandbox.close()));
});

/** The body that the tests of the wallet ask with. */
export const BODY = JSON.stringify({ image: 'AAAA' });

/** A sandbox whose wallet holds so much, with an offer in hand. */
export async function openWithOffer(
	balanceSat: number,
): Promise<{ sandbox: Sandbox; challenge: Challenge }> {
	const sandbox = await openSandbox({ pictures: 'plain', balanceSat });
	return { sandbox, challenge: await ask(sandbox, paths.colorizeImage, BODY) };
}
