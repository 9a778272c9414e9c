import { describeWallet } from '../contract';
import { startNwc } from '../emulators/nwc';
import { describeContract } from '../heldToContract';

describeContract('nwc');
describeWallet('nwc without NIP-44', async () => await startNwc({ encryption: 'nip04' }));
