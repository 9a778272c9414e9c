import { violate } from './violate';
it.each([2030483116, 2030351410, 7])(
	'x %d',
	async (s) => {
		expect(String(await violate(10000, s)).slice(0, 900)).toBe('null');
	},
	600000,
);
