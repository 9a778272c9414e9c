// npm run conformance [-- --client COMMAND --wallet NAME --scene NAME]
import { parseArgs } from 'node:util';
import { WALLET_NAMES } from '../nodes/Sats4Ai/wallets/wallet';
import { isCaught, isExamined, losesMoney, playAll, type Cell } from './battery';
import { commandClient } from './clients/command';
import { naive } from './clients/naive';
import { ours } from './clients/ours';
import { scenes } from './scenes';
import { table } from './table';

const USAGE = `Usage: npm run conformance [-- --client COMMAND] [--wallet NAME] [--scene NAME]

Has an L402 client buy one picture in each hostile scene, with each wallet, for play money.
Judged by the books of wallet and service, never by what the client says. docs/conformance.md

  --client    a command that starts the client; this node, unless told otherwise
  --wallet    with this wallet alone: ${WALLET_NAMES.join(', ')}
  --scene     this scene and the clean one alone
`;

const MONEY_LOST = 1;
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
	const client = values.client === undefined ? ours : commandClient(values.client);
	const cells = await playAll(client, played, wallets, tell);
	const control = await playAll(
		naive,
		scenes.filter(({ name }) => ['clean', 'pay call falls silent'].includes(name)),
		wallets,
	);
	process.stdout.write(`\n${table(values.client ?? 'this node', cells, wallets)}\n`);
	process.stdout.write(`\n${table('control: pays again', control, wallets)}\n\n`);
	const invalid = wallets.filter(
		(wallet) => !isExamined(cells, wallet) || !isCaught(control, wallet),
	);
	if (invalid.length > 0) {
		process.stdout.write(
			`INVALID for ${invalid.join(', ')}: the client bought nothing in fair weather, or the control was not caught.\n`,
		);
		return MEASURED_NOTHING;
	}
	const count = (verdict: string) => cells.filter((cell) => cell.verdict === verdict).length;
	process.stdout.write(
		['safe', 'paid twice', 'lost', 'not exercised']
			.map((verdict) => `${count(verdict)} ${verdict}`)
			.join(', ') + '\n',
	);
	return losesMoney(cells) ? MONEY_LOST : 0;
}

function tell({ scene, wallet, verdict }: Cell): void {
	process.stderr.write(`${wallet}, ${scene}: ${verdict}\n`);
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
