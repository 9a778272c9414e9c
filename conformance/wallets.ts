import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import { startCln } from '../test/wallets/emulators/cln';
import type { EmulatedWallet } from '../test/wallets/emulators/emulated';
import { startLnbits } from '../test/wallets/emulators/lnbits';
import { startLnd } from '../test/wallets/emulators/lnd';
import { startNwc } from '../test/wallets/emulators/nwc';
import { startPhoenixd } from '../test/wallets/emulators/phoenixd';
import { bentMessage } from './bend';
import type { Bend } from './scenes';
import { standInFront, type Bent } from './walletFront';

/** A wallet as a client reaches it. */
export interface StagedWallet {
	readonly url: string;
	readonly secret: string;
	/** The node behind it, whose books are believed. */
	readonly node: EmulatedWallet['node'];
	close(): Promise<void>;
}

/** Asked at each answer what is to become of it, and told where it was bent. */
export interface Weather {
	bendOf(call: Bent): Bend | undefined;
	struck(call: Bent): void;
}

const overHttp = { lnbits: startLnbits, lnd: startLnd, cln: startCln, phoenixd: startPhoenixd };

export async function stageWallet(name: WalletName, weather: Weather): Promise<StagedWallet> {
	if (name === 'nwc') return await stageNwc(weather);
	const emulated = await overHttp[name]();
	const front = await standInFront(name, emulated.settings.url, (call) => {
		const bend = weather.bendOf(call);
		if (bend !== undefined) weather.struck(call);
		return bend;
	});
	const { macaroon, adminKey, password, rune } = emulated.settings;
	const inHex = Buffer.from(macaroon, 'base64').toString('hex');
	return {
		url: front.url,
		secret: { lnbits: adminKey, lnd: inHex, cln: rune, phoenixd: password }[name],
		node: emulated.node,
		close: async () => {
			await front.close();
			await emulated.close();
		},
	};
}

const METHODS = new Map<string, Bent>([
	['pay_invoice', 'pay'],
	['lookup_invoice', 'lookup'],
]);

async function stageNwc(weather: Weather): Promise<StagedWallet> {
	const emulated = await startNwc();
	emulated.speaks = (method, honest) => {
		const call = METHODS.get(method);
		const bend = call && weather.bendOf(call);
		const bent = bend === undefined ? honest : bentMessage(bend, honest);
		if (call !== undefined && bend !== undefined && bent !== undefined) weather.struck(call);
		// With a fault that is none of a relay's, the emulator keeps its answer to itself.
		emulated.breakWith(bent === null ? 'badGateway' : 'none');
		return bent ?? honest;
	};
	return {
		url: '',
		secret: emulated.settings.connectionString,
		node: emulated.node,
		close: async () => await emulated.close(),
	};
}
