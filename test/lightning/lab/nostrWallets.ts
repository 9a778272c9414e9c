import { join } from 'node:path';
import { isMissing, type Missing, type Prepared } from '../prepare/prepared';
import { AlbyHub } from './albyHub';
import type { Lnd } from './lnd';
import { startMemberRelay, startNostrRelay, type MemberRelay, type NostrRelay } from './nostrRelay';
import { NWC_METHODS, startNwc, type Nwc } from './nwc';

/** The wallets are at the first two of these. */
export interface Relays {
	readonly open: NostrRelay;
	readonly members: MemberRelay;
	/** Nobody listens there but who comes to pay. */
	readonly deaf: NostrRelay;
}

/** What is spoken to over Nostr, its money in one LND node. */
export interface NostrWallets {
	readonly relays: Relays | Missing;
	/** Alby's wallet service. */
	readonly nwc: Nwc | Missing;
	readonly hub: AlbyHub | Missing;
	/** Where the packages of `nwc/` are. */
	readonly nwcPackages: string | Missing;
}

export type Keep = <Server extends { stop(): Promise<void> }>(server: Server) => Server;

/** Starts relays and wallets; `keep` is told of each, so that it is stopped. */
export async function startNostrWallets(
	prepared: Pick<Prepared, 'nwc' | 'hub'>,
	memberRelay: string,
	home: string,
	node: Lnd,
	keep: Keep,
): Promise<NostrWallets> {
	const { nwc: packages, hub: program } = prepared;
	if (isMissing(packages)) {
		return { relays: packages, nwc: packages, hub: packages, nwcPackages: packages };
	}
	const folderOf = (name: string) => join(home, name);
	const open = keep(await startNostrRelay(packages, folderOf('relay')));
	const deaf = keep(await startNostrRelay(packages, folderOf('deaf-relay')));
	const members = keep(await startMemberRelay(memberRelay, folderOf('member-relay')));
	const relayUrls = [open.url, members.url];
	const wishes = { packages, node, relayUrls, methods: NWC_METHODS };
	const nwc = keep(await startNwc({ ...wishes, folder: folderOf('nwc') }));
	const hub = isMissing(program)
		? program
		: keep(await AlbyHub.start({ ...program, folder: folderOf('hub'), node, relayUrls }));
	return { relays: { open, members, deaf }, nwc, hub, nwcPackages: packages };
}
