import type { Bench } from './benches/bench';
import { benchPlans } from './benches/benchPlans';
import { expectBooksAgree } from './cases/accounts';
import { credentialCases } from './cases/credentialCases';
import { inFlightCases } from './cases/inFlightCases';
import { paymentCases } from './cases/paymentCases';
import { purchaseCases } from './cases/purchaseCases';
import { refusalCases } from './cases/refusalCases';
import { routeCases } from './cases/routeCases';
import { startLab, type Lab } from './lab/lab';
import { readPrepared } from './prepare/prepared';

const prepared = readPrepared();
const possible = benchPlans.filter((plan) => plan.missing(prepared) === null);
let openLab: Lab | undefined;
const lab = () => {
	if (openLab === undefined) throw new Error('The servers could not be started');
	return openLab;
};

beforeAll(async () => {
	openLab = await startLab(prepared);
}, 300_000);

afterAll(async () => {
	await openLab?.stop();
}, 120_000);

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

	afterAll(async () => {
		await openBench?.stop();
	});

	afterEach(async () => {
		await expectBooksAgree(lab().network);
	});

	credentialCases(plan.title, bench);
	paymentCases(bench);
	inFlightCases(bench);
	refusalCases(bench);
	routeCases(bench, middle);
	purchaseCases(bench, middle);
});
