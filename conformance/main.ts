// npm run conformance [-- --client COMMAND --wallet NAME --scene NAME]
import { parseArgs } from 'node:util';
import { WALLET_NAMES } from '../nodes/Sats4Ai/wallets/wallet';
import { scenes } from './scenes';

const USAGE = `Usage: npm run conformance [-- --client COMMAND] [--wallet NAME] [--scene NAME]

Has an L402 client buy one picture in each hostile scene, with each wallet, for play money.
Judged by the books of wallet and service, never by what the client says. docs/conformance.md

  --client    a command that starts the client; this node, unless told otherwise
  --wallet    with this wallet alone: ${WALLET_NAMES.join(', ')}
  --scene     this scene and the clean one alone
`;

const MEASURED_NOTHING = 2;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			client: { type: 'string' },
			wallet: { type: 'string' },
			scene: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	const wallets = WALLET_NAMES.filter((name) => name === (values.wallet ?? name));
	const wanted = values.scene ?? null;
	const played = scenes.filter(({ name }) => wanted === null || [wanted, 'clean'].includes(name));
	const isUnknown = wanted !== null && !scenes.some(({ name }) => name === wanted);
	if (values.help || wallets.length === 0 || isUnknown) {
		process.stdout.write(`${USAGE}\nScenes: ${scenes.map(({ name }) => name).join('; ')}\n`);
		return values.help ? 0 : MEASURED_NOTHING;
	}
	// Loading n8n takes a while, which nobody should wait for to be told of a slip.
	const { run } = await import('./run.js');
	return await run(values.client ?? null, played, wallets);
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
		process.exitCode = MEASURED_NOTHING;
	},
);
