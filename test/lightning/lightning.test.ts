import { walletBackends } from '../../nodes/Sats4Ai/wallets/backends';
import { closeBenchWallets, type Bench } from './benches/bench';
import { benchPlans } from './benches/benchPlans';
import { expectBooksAgree, tellBooks } from './cases/accounts';
import { credentialCases } from './cases/credentialCases';
import { inFlightCases } from './cases/inFlightCases';
import { leastPrivilegeCases } from './cases/leastPrivilegeCases';
import { oddInvoiceCases } from './cases/oddInvoiceCases';
import { paymentCases } from './cases/paymentCases';
import { purchaseCases } from './cases/purchaseCases';
import { quoteCases } from './cases/quoteCases';
import { reachCases } from './cases/reachCases';
import { refundCases } from './cases/refundCases';
import { refusalCases } from './cases/refusalCases';
import { relayCases } from './cases/relayCases';
import { restartCases } from './cases/restartCases';
import { spendingCases } from './cases/spendingCases';
import { routeCases } from './cases/routeCases';
import { startLab, type Lab } from './lab/lab';
import { readPrepared } from './prepare/prepared';
import { note } from './report/notes';

// On a busy machine a case may come too late for a deadline of a real node: it has a second try, and
// what went wrong in the first is told.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

const prepared = readPrepared();
const possible = benchPlans.filter((plan) => plan.missing(prepared) === null);
let openLab: Lab | undefined;
const lab = () => {
	if (openLab === undefined) throw new Error('The servers could not be started');
	return openLab;
};

beforeAll(async () => {
	openLab = await startLab(prepared);
}, 600_000);

afterAll(async () => {
	if (openLab !== undefined) (await tellBooks(openLab.network)).forEach(note);
	await openLab?.stop();
}, 120_000);

test('every wallet of the list is tried here', () => {
	const tried = new Set(benchPlans.map(({ wallet }) => wallet));
	expect([...tried].sort()).toEqual(walletBackends.map(({ name }) => name).sort());
});

describe('least privilege', () => {
	leastPrivilegeCases(lab, prepared);

	afterEach(async () => {
		await expectBooksAgree(lab().network);
	});
});

describe('odd invoices', () => {
	oddInvoiceCases(lab);
});

describe.each(possible)('$title', (plan) => {
	let openBench: Bench | undefined;
	const bench = () => {
		if (openBench === undefined) throw new Error(`${plan.title} could not be opened`);
		return openBench;
	};
	const middle = () => lab().network.middle;

	beforeAll(async () => {
		openBench = await plan.open(lab());
	});

	// A case before may have restarted the node of the seller.
	beforeEach(async () => {
		await bench().shop.aperture.revive();
	});

	afterAll(async () => {
		await openBench?.stop();
	});

	afterEach(async () => {
		closeBenchWallets();
		await expectBooksAgree(lab().network);
	});

	credentialCases(plan.title, bench);
	reachCases(plan.title, bench);
	paymentCases(bench);
	inFlightCases(bench);
	refusalCases(plan.wallet, bench);
	routeCases(bench, middle);
	purchaseCases(bench, middle);
	quoteCases(bench, middle);
	refundCases(bench);
	spendingCases(plan.title, bench);
	relayCases(plan.title, plan.cannot, bench);
	restartCases(plan.title, plan.cannot, bench, middle);
});
