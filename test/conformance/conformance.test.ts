import { existsSync } from 'node:fs';
import { isCaught, isExamined, losesMoney } from '../../conformance/battery';
import { bentAnswer, bentMessage } from '../../conformance/bend';
import { commandClient } from '../../conformance/clients/command';
import { naive } from '../../conformance/clients/naive';
import { ours } from '../../conformance/clients/ours';
import { fromEnvironment, toEnvironment, type Order } from '../../conformance/order';
import { playScene } from '../../conformance/playScene';
import { scenes, type Scene } from '../../conformance/scenes';
import { table } from '../../conformance/table';
import { judge } from '../../conformance/verdict';
import { WALLET_NAMES } from '../../nodes/Sats4Ai/wallets/wallet';
import { giveWebSocket } from '../engine/giveWebSocket';

giveWebSocket();

function scene(wanted: string): Scene {
	const found = scenes.find(({ name }) => name === wanted);
	if (found === undefined) throw new Error(`There is no scene ${wanted}`);
	return found;
}

// The scenes wait for clients that wait, however busy the machine is.
jest.setTimeout(900_000);

describe('one scene of the battery', () => {
	it.concurrent.each(WALLET_NAMES)('is survived by this node, with %s', async (wallet) => {
		expect(await playScene(ours, wallet, scene('pay call falls silent'))).toBe('safe');
	});

	it.concurrent.each(WALLET_NAMES)('is too much for the control, with %s', async (wallet) => {
		expect(await playScene(naive, wallet, scene('pay call falls silent'))).toBe('paid twice');
	});

	it.concurrent('shows a client that pays and drops what it has bought', async () => {
		const drops = async (order: Order) =>
			await naive({ ...order, outFile: `${order.outFile}.elsewhere` });
		expect(await playScene(drops, 'phoenixd', scene('clean'))).toBe('paid twice');
		let calls = 0;
		const dropsOnce = async (order: Order) => {
			calls += 1;
			return calls === 1 ? await drops(order) : { output: '' };
		};
		expect(await playScene(dropsOnce, 'phoenixd', scene('clean'))).toBe('lost');
	});

	it.concurrent('is not exercised by a client that does nothing', async () => {
		const idle = commandClient(`"${process.execPath}" -e "console.log('done')"`);
		expect(await playScene(idle, 'lnbits', scene('clean'))).toBe('not exercised');
	});
});

describe('the verdict', () => {
	const bought = { settlements: 1, hasResult: true, hasStruck: true, canBeFinished: false };

	it.each([
		['safe', {}],
		['safe', { hasResult: false, canBeFinished: true }],
		['lost', { hasResult: false }],
		['paid twice', { settlements: 2 }],
		['not exercised', { settlements: 0, hasResult: false }],
		['not exercised', { hasStruck: false }],
		['lost', { hasStruck: false, hasResult: false }],
	])('is %s for %j', (verdict, changes) => {
		expect(judge({ ...bought, ...changes })).toBe(verdict);
	});

	it('of a battery needs a purchase in fair weather, and a control that was caught', () => {
		const cell = (name: string, verdict: 'safe' | 'paid twice' | 'lost') =>
			[{ scene: name, wallet: 'lnd', verdict }] as const;
		expect(isExamined(cell('clean', 'safe'), 'lnd')).toBe(true);
		expect(isExamined(cell('clean', 'lost'), 'lnd')).toBe(false);
		expect(isExamined(cell('clean', 'safe'), 'cln')).toBe(false);
		expect(isCaught(cell('clean', 'paid twice'), 'lnd')).toBe(true);
		expect(isCaught(cell('clean', 'safe'), 'lnd')).toBe(false);
		expect(losesMoney(cell('clean', 'lost'))).toBe(true);
		expect(losesMoney(cell('clean', 'safe'))).toBe(false);
		expect(table('who', cell('clean', 'safe'), ['lnd', 'cln'])).toBe(
			'who    lnd   cln\nclean  safe',
		);
	});
});

describe('an order', () => {
	const order: Order = {
		url: 'http://127.0.0.1:1/api',
		body: '{"a":"b c"}',
		maxSat: 300,
		timeoutSeconds: 3,
		outFile: '/out',
		stateFolder: '/state',
		wallet: 'cln',
		walletUrl: 'http://127.0.0.1:2',
		walletSecret: 'secret=',
	};

	it('arrives in a command as it was given', () => {
		expect(fromEnvironment(toEnvironment(order))).toEqual(order);
	});

	it.each(Object.keys(toEnvironment(order)))('is not begun without %s', (name) => {
		const environment = { ...toEnvironment(order), [name]: undefined };
		expect(() => fromEnvironment(environment)).toThrow(name);
	});

	it('is handed to a command, whose words are heard', async () => {
		const script = 'console.log(process.env.L402_BODY); console.error(process.env.L402_WALLET)';
		const { output } = await commandClient(`"${process.execPath}" -e "${script}"`)(order);
		expect(output).toContain('{"a":"b c"}');
		expect(output).toContain('cln');
		expect(existsSync(order.outFile)).toBe(false);
	});
});

test('answers are bent as the scenes say', () => {
	const honest = { status: 200, type: 'application/json', body: '{"paid":true}' };
	expect(bentAnswer('lnd', 'silence', honest)).toBeNull();
	expect(bentAnswer('lnd', 'unavailable', honest)?.status).toBe(503);
	expect(bentAnswer('lnd', 'oversized', honest)?.body.length).toBeGreaterThan(6_000_000);
	expect(bentAnswer('lnd', 'wrongType', honest)).toEqual({ ...honest, type: 'text/html' });
	expect(bentMessage('silence', honest)).toBeNull();
	expect(bentMessage('wrongType', honest)).toBeUndefined();
});
