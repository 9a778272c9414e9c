import { installN8n } from './installN8n';
import { installNode24 } from './installNode24';
import { n8nVersions } from './versions';

/** Installs what the tests of the whole n8n need, without running them. */
async function main(): Promise<void> {
	const node = await installNode24();
	for (const version of n8nVersions) {
		const started = Date.now();
		process.stdout.write(`${await installN8n(version, node)}  ${Date.now() - started} ms\n`);
	}
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
	process.exitCode = 1;
});
