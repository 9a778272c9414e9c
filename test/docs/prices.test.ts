import { operations } from '../../nodes/Sats4Ai/operations';
import { read, section, tableRows } from './markdown';

test('the README names the prices and limits that the node shows', () => {
	const named = tableRows(section(read('README.md'), 'Operations and prices')).map(
		([name = '', , price = '', limit = '']) => [name, price, Number(limit)],
	);
	const shown = operations.map((operation) => [
		operation.name,
		`${operation.publishedSats}${operation.isPricedByModel === true ? ', by model' : ''}`,
		operation.defaultMaxPriceSat,
	]);
	expect(named.sort()).toEqual(shown.sort());
});
