import type { NwcConnection } from './connectionString';
import { Line } from './line';
import type { LineClock } from './relay';
import type { WebSocketConstructor } from './webSocket';

/** A line that nobody uses stays open for so long: for the next item, or the next turn of a loop. */
const LINGER_SLICES = 8;
const SLICE_MS = 250;

interface Shared {
	readonly line: Line;
	readonly webSocket: WebSocketConstructor;
	users: number;
	/** Counts up each time somebody takes it. */
	turn: number;
}

const lines = new Map<string, Shared>();

/**
 * The line to a wallet, opened for the first who asks and shared by all who use it at the same
 * time: one connection to each relay, however many items pay. Only who has the secret can name it.
 */
export function takeLine(
	connection: NwcConnection,
	webSocket: WebSocketConstructor,
	clock: LineClock,
): Line {
	forgetGone();
	const key = keyOf(connection);
	const known = lines.get(key);
	const shared =
		known?.webSocket === webSocket
			? known
			: { line: new Line(connection, webSocket, clock), webSocket, users: 0, turn: 0 };
	lines.set(key, shared);
	shared.users += 1;
	shared.turn += 1;
	return shared.line;
}

/**
 * Gives a line back. It is closed a moment after the last user has left; `sleep` may end early. A
 * relay that never lets go of a connection keeps one, which is used again.
 */
export async function giveBack(line: Line, sleep: (ms: number) => Promise<void>): Promise<void> {
	const shared = [...lines.values()].find((other) => other.line === line);
	if (shared === undefined) {
		for (const { wire } of line.relays) wire.close();
		return;
	}
	shared.users -= 1;
	if (shared.users > 0) return;
	const { turn } = shared;
	for (let slice = 0; slice < LINGER_SLICES && !isGone(line); slice += 1) {
		await sleep(SLICE_MS);
		if (shared.turn !== turn) return;
	}
	for (const { wire } of line.relays) wire.retire();
}

function forgetGone(): void {
	for (const [key, { line, users }] of lines) {
		if (users === 0 && isGone(line)) lines.delete(key);
	}
}

function isGone({ relays }: Line): boolean {
	return relays.every(({ wire }) => wire.isGone);
}

function keyOf({ walletPublicKey, clientPublicKey, relays }: NwcConnection): string {
	return [walletPublicKey, clientPublicKey, ...relays].join(' ');
}
