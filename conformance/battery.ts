import { WALLET_NAMES, type WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import type { Client } from './order';
import { playScene } from './playScene';
import type { Scene } from './scenes';
import type { Verdict } from './verdict';

export interface Cell {
	readonly scene: string;
	readonly wallet: WalletName;
	readonly verdict: Verdict;
}

/** Most of a scene is waiting. */
const LANES = 6;

/** Plays every scene with every wallet. `tell` hears of each verdict. */
export async function playAll(
	client: Client,
	scenes: readonly Scene[],
	wallets: readonly WalletName[] = WALLET_NAMES,
	tell: (cell: Cell) => void = () => undefined,
): Promise<readonly Cell[]> {
	const waiting = scenes.flatMap((scene) => wallets.map((wallet) => ({ scene, wallet }))).values();
	const cells: Cell[] = [];
	const lane = async () => {
		for (const { scene, wallet } of waiting) {
			const cell = { scene: scene.name, wallet, verdict: await playScene(client, wallet, scene) };
			cells.push(cell);
			tell(cell);
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
	return cells;
}

/** A client that bought nothing in fair weather was not examined: what else it did means nothing. */
export function isExamined(cells: readonly Cell[], wallet: WalletName): boolean {
	return cells.some(
		(cell) => cell.wallet === wallet && cell.scene === 'clean' && cell.verdict === 'safe',
	);
}

/** Whether the control was caught with this wallet: otherwise its column says nothing. */
export function isCaught(control: readonly Cell[], wallet: WalletName): boolean {
	return control.some((cell) => cell.wallet === wallet && cell.verdict === 'paid twice');
}

export function losesMoney(cells: readonly Cell[]): boolean {
	return cells.some(({ verdict }) => verdict === 'paid twice' || verdict === 'lost');
}
