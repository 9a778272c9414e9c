import type { Prepared } from '../prepare/prepared';
import { CANNOT } from '../cases/unless';
import { readResults, reasons, summary, table } from './table';

const lacking = (missing: string, isBroken = false) => ({
	go: { missing, isBroken },
	lnbits: { missing, isBroken },
	nwc: { missing, isBroken },
	hub: { missing, isBroken },
});
const everything = lacking('nothing');
const plans = [
	{ title: 'LND 0.21', wallet: 'lnd', kind: 'real', missing: () => null },
	{
		title: 'LNbits 1.6',
		wallet: 'lnbits',
		kind: 'real',
		missing: (prepared: Prepared) => (prepared === everything ? null : lacking('no Go').go),
	},
	{ title: 'phoenixd', wallet: 'phoenixd', kind: 'emulated', missing: () => null },
] as const;

const assertion = (subject: string, title: string, status: string) => ({
	ancestorTitles: subject === '' ? [] : [subject],
	title,
	status,
});
const results = readResults(
	JSON.stringify({
		testResults: [
			{
				assertionResults: [
					assertion('', 'every wallet of the list is tried here', 'passed'),
					assertion('LND 0.21', 'pays', 'passed'),
					assertion('LND 0.21', 'purchase', 'failed'),
					assertion('LNbits 1.6', 'pays', 'passed'),
					assertion('LNbits 1.6', 'purchase', 'pending'),
					assertion('phoenixd', 'pays', 'passed'),
					assertion('LND 0.21', 'locked', 'passed'),
					assertion('LNbits 1.6', 'locked', 'passed'),
					assertion('phoenixd', `locked${CANNOT}it has no lock`, 'passed'),
				],
			},
			{
				assertionResults: ['lnd', 'lnbits', 'phoenixd'].flatMap((wallet) => [
					assertion(wallet, 'pays', 'passed'),
					assertion(wallet, 'no preimage', wallet === 'lnbits' ? 'failed' : 'passed'),
				]),
			},
		],
	}),
);
const cells = (text: string) => text.split('\n').map((line) => line.trim().split(/ {2,}/));

test('a cell says what was tried; where there is no real server, on the emulator', () => {
	expect(cells(table(results, plans, everything))).toEqual([
		['LND 0.21', 'LNbits 1.6', 'phoenixd'],
		['pays', 'real', 'real', 'emulated'],
		['purchase', 'FAILED (real)', 'left out', 'FAILED: not tried'],
		['locked', 'real', 'real', 'cannot happen'],
		['no preimage', 'emulated', 'FAILED (emulated)', 'emulated'],
	]);
});

test('what cannot happen is told with its reason', () => {
	expect(reasons(results, plans)).toBe('locked: cannot happen with phoenixd, it has no lock');
});

test('what the machine lacks is in the cells and in the last line, by name', () => {
	const without = results.filter(({ subject }) => subject !== 'LNbits 1.6');
	const [, , purchase, , preimage] = cells(table(without, plans, lacking('no Go')));
	expect(purchase).toEqual(['purchase', 'FAILED (real)', 'skipped: no Go', 'FAILED: not tried']);
	expect(preimage).toEqual(['no preimage', 'emulated', 'FAILED (emulated)', 'emulated']);
	expect(summary(without, plans, lacking('no Go'))).toEqual({
		text: '10 passed, 3 failed, 1 skipped: LNbits 1.6, no Go',
		failed: 3,
	});
});

test('the last line counts what ran, what failed, what was left out, and holes in the table', () => {
	const text = '12 passed, 3 failed, 1 skipped';
	expect(summary(results, plans, everything)).toEqual({ text, failed: 3 });
});

test('a server that could not be built is a failure', () => {
	const broken = plans.map((plan) => ({
		...plan,
		missing: () => lacking('Go cannot build it', true).go,
	}));
	expect(summary([], broken, everything)).toMatchObject({
		text: expect.stringMatching(/^0 passed, 3 failed, 0 skipped: LND 0\.21, Go cannot build it; /),
		failed: 3,
	});
});
