import type { WalletName } from '../../../nodes/Sats4Ai/wallets/wallet';
import { startCln } from './cln';
import type { StartEmulator } from './emulated';
import { startLnbits } from './lnbits';
import { startLnd } from './lnd';
import { startNwc } from './nwc';
import { startPhoenixd } from './phoenixd';

/** Every kind of wallet, as it usually is. */
export const emulators: Readonly<Record<WalletName, StartEmulator>> = {
	cln: startCln,
	lnbits: startLnbits,
	lnd: startLnd,
	nwc: async () => await startNwc(),
	phoenixd: startPhoenixd,
};
