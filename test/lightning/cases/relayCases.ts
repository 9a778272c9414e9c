import type { Bench, Credential } from '../benches/bench';
import type { CannotHappen, OverRelays } from '../benches/extremes';
import { copyAnnouncement } from '../lab/untilAnnounced';
import { note } from '../report/notes';
import { enter, expectBoughtOnce } from './counter';
import { pressTest } from './pressTest';
import { unless } from './unless';

/** A wallet that is reached over Nostr relays, which are of all kinds. */
export function relayCases(title: string, cannot: CannotHappen, opened: () => Bench): void {
	const row = unless(cannot.relays);
	const relaysOf = (): OverRelays => {
		const { relays } = opened();
		if (relays === undefined) throw new Error('No bench can be without, unless its plan says so');
		return relays;
	};
	const buysOnce = async (credential: Credential): Promise<void> => {
		const counter = await enter(opened());
		const bought = await counter.buyer.buy({ operation: 'colorizeImage', credential });
		await expectBoughtOnce(opened(), counter, bought);
	};

	row('several relays, one of them dead: paid once', async () => {
		const { over, open, dead } = relaysOf();
		await buysOnce(over([dead, open]));
		await buysOnce(over([open, dead]));
	});

	row('several relays, the wallet no more at one of them: paid once', async () => {
		const { over, open, deaf } = relaysOf();
		const walletKey = new URL(String(over([open]).connectionString)).host;
		await copyAnnouncement(open, deaf, walletKey);
		await buysOnce(over([deaf, open]));
		await buysOnce(over([open, deaf]));
	});

	row('a relay that asks for a login: paid once, and nothing without', async () => {
		const { over, members, memberKey } = relaysOf();
		const credential = over([members.url]);
		const counter = await enter(opened());
		members.admit([]);
		const { message } = await pressTest(credential);
		const { error } = await counter.buyer.buy({ operation: 'colorizeImage', credential });
		note(`${title}, no member of the relay: ${message} / ${String(error?.message)}`);
		const words = expect.stringMatching(/does not pass .*: restricted: members only/);
		expect(message).toEqual(words);
		const unreachable = { code: 'WALLET_UNREACHABLE', spent: 'no', message: words };
		expect(error).toMatchObject(unreachable);
		expect(await counter.paid()).toEqual([]);
		members.admit([memberKey]);
		const bought = await counter.buyer.buy({ operation: 'colorizeImage', credential });
		await expectBoughtOnce(opened(), counter, bought);
	});
}
