import type { Known } from './announcements';
import { INFO, type Line } from './line';
import { Probe } from './probe';
import type { Relay } from './relay';

/** How long the other relays may take to show a newer announcement than the first one that came. */
const NEWER_MS = 1_000;
/** How long an announcement may come after the relays have said that they have none. */
const LATE_MS = 1_000;
/** How long a relay may keep silent about announcements before it counts as having none. */
const SILENT_MS = 3_000;

export type Met = Known | { readonly reason: string };

/**
 * Finds out how the wallet is spoken to: from its newest announcement, or, where no relay has one,
 * from the wallet itself. To be called whenever something happened; undefined as long as it is open.
 */
export function meet(line: Line, startedAt: number, attempts: Attempts): Met | undefined {
	line.announcements.read();
	line.connect();
	const now = line.elapsedMs();
	const { relays, announcements } = line;
	const { known } = announcements;
	const isClosed = (relay: Relay) =>
		relay.wire.state === 'closed' && relay.wire.attempts > (attempts.get(relay) ?? 0);
	const isSilent = now - startedAt >= SILENT_MS;
	const hasSpoken = (relay: Relay) => relay.standing(INFO) !== 'waiting' || isSilent;
	if (known !== null) {
		const isNewest = now - known.learnedAt >= NEWER_MS;
		const isAll = relays.every((relay) => isClosed(relay) || hasSpoken(relay));
		return isNewest || (isAll && !announcements.hasUnread) ? known : undefined;
	}
	if (relays.every(isClosed)) return { reason: whyUnreachable(line) };
	const isUnannounced = relays.every((relay) => isClosed(relay) || hasSpoken(relay));
	if (!isUnannounced || announcements.hasUnread) return undefined;
	announcements.missingSince ??= now;
	if (now - announcements.missingSince < LATE_MS) return undefined;
	return knock(line, startedAt);
}

/** How often each relay had been tried before. */
export type Attempts = ReadonlyMap<Relay, number>;

/** The attempt to reach the wallet of a line that no relay has an announcement of. */
const probes = new WeakMap<Line, Probe>();

/** Asks the wallet itself; all calls that wait share one attempt. */
function knock(line: Line, startedAt: number): Met | undefined {
	let probe = probes.get(line);
	const failedAt = probe?.failedAt ?? null;
	if (probe === undefined || (failedAt !== null && failedAt < startedAt)) {
		probe = new Probe(line);
		probes.set(line, probe);
	}
	const known = probe.drive();
	if (known !== null) {
		line.announcements.known = known;
		probes.delete(line);
		return known;
	}
	return probe.failedAt === null ? undefined : { reason: whyUnreachable(line) };
}

/** What is there, and what is missing. */
export function whyUnreachable(line: Line): string {
	const { relays } = line;
	const probe = probes.get(line);
	const said = relays.map((relay) => relay.wordsAbout(INFO)).find((words) => words !== '') ?? '';
	const inWords = said === '' ? '' : ` (it says: ${said})`;
	const open = relays.filter(({ isOpen }) => isOpen);
	if (open.length === 0) return `no relay of the connection could be reached${inWords}`;
	const isRefused = open.every((relay) => relay.standing(INFO) === 'refused');
	if (isRefused || (probe?.refusal ?? null) !== null) {
		return `the relay does not pass on what the wallet says: ${probe?.refusal || said || 'no reason given'}`;
	}
	const lack = 'the relay has no announcement of the wallet (kind 13194), and the wallet';
	return (probe?.words ?? '') === ''
		? `${lack} does not answer there${inWords}; is it running, and connected to this relay?`
		: `${lack} answers get_info with: ${probe?.words}`;
}
