import { lendWebSocket } from '../../conformance/clients/lendWebSocket';

/** For a test file whose node speaks to relays. Other test files of the same process are to find none on Node 20. */
export function giveWebSocket(): void {
	let takeBack: () => void;
	beforeAll(() => {
		takeBack = lendWebSocket();
	});
	afterAll(() => takeBack());
}
