import type { SandboxOptions } from '../../sandbox/options';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';

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
