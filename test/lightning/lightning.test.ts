import { benchPlans } from './benches/benchPlans';
import type { Bench } from './benches/bench';
import { expectBooksAgree } from './cases/accounts';
import { walletCases } from './cases/walletCases';
import { startLab, type Lab } from './lab/lab';
import { readPrepared } from './prepare/prepared';

const prepared = readPrepared();
const possible = benchPlans.filter((plan) => plan.missing(prepared) === null);
let lab: Lab | undefined;

beforeAll(async () => {
	lab = await startLab(prepared);
}, 300_000);

afterAll(async () => {
	await lab?.stop();
}, 120_000);

describe.each(possible)('$title', (plan) => {
	let bench: Bench | undefined;
	const opened = () => {
		if (bench === undefined) throw new Error(`${plan.title} could not be opened`);
		return bench;
	};

	beforeAll(async () => {
		if (lab !== undefined) bench = await plan.open(lab);
	});

	afterAll(async () => {
		await bench?.stop();
	});

	afterEach(async () => {
		if (lab !== undefined) await expectBooksAgree(lab.network);
	});

	walletCases(opened);
});
