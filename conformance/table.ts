import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import type { Cell } from './battery';
import type { Verdict } from './verdict';

/** Scenes down, wallets across. */
export function table(
	title: string,
	cells: readonly Cell[],
	wallets: readonly WalletName[],
): string {
	const scenes = [...new Set(cells.map(({ scene }) => scene))];
	const of = (scene: string, wallet: WalletName): Verdict | '' =>
		cells.find((cell) => cell.scene === scene && cell.wallet === wallet)?.verdict ?? '';
	const rows = [
		[title, ...wallets],
		...scenes.map((scene) => [scene, ...wallets.map((wallet) => of(scene, wallet))]),
	];
	const widths = [title, ...wallets].map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((text, column) => text.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
