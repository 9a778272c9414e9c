import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import { isCaught, isExamined, losesMoney, playAll, type Cell } from './battery';
import { commandClient } from './clients/command';
import { lendWebSocket } from './clients/lendWebSocket';
import { naive } from './clients/naive';
import { ours } from './clients/ours';
import { scenes, type Scene } from './scenes';
import { table } from './table';

const MONEY_LOST = 1;
const MEASURED_NOTHING = 2;

/** Plays the scenes with a client (null: this node) and the control, and prints. Resolves to the exit code. */
export async function run(
	command: string | null,
	played: readonly Scene[],
	wallets: readonly WalletName[],
): Promise<number> {
	lendWebSocket();
	const client = command === null ? ours : commandClient(command);
	const cells = await playAll(client, played, wallets, tell);
	const control = await playAll(
		naive,
		scenes.filter(({ name }) => ['clean', 'pay call falls silent'].includes(name)),
		wallets,
	);
	process.stdout.write(`\n${table(command ?? 'this node', cells, wallets)}\n`);
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
