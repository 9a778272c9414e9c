import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { walletBackends } from '../../nodes/Sats4Ai/wallets/backends';
import { emulators } from './emulators/all';

const names = walletBackends.map(({ name }) => name).sort();

test('every wallet of the list has an emulator', () => {
	expect(Object.keys(emulators).sort()).toEqual(names);
});

test.each(names)('%s is held to the contract', (name) => {
	// A file for each, so that they wait beside each other.
	expect(existsSync(join(__dirname, name, 'contract.test.ts'))).toBe(true);
});
