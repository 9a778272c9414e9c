import { sats } from '../bolt11/amountText';
import type { FailureCause } from '../l402/payer';
import { tryConnectWallet } from './backends';
import type { CredentialSettings } from './settings';
import { LOOK_BACK_MS, spentMsat } from './day';
import type { SpendingTold } from './spending';
import {
	WalletSettingsInvalid,
	type Wallet,
	type WalletDescription,
	type WalletPorts,
} from './wallet';
import type { WalletUnavailable } from './unavailable';

const TEST_TIMEOUT_MS = 15_000;

export interface TestResult {
	readonly ok: boolean;
	/** For the user: what the wallet said, or what happened and what to do. */
	readonly message: string;
}

/** What the *Test* button of the credential does: reads what the wallet says of itself. Never pays. */
export async function describeForTest(
	credential: Record<string, unknown>,
	ports: WalletPorts,
): Promise<TestResult> {
	const connected = tryConnectWallet(credential, ports);
	if (connected instanceof WalletSettingsInvalid) return { ok: false, message: connected.message };
	const { settings, wallet } = connected;
	return await describeWallet(wallet, settings, ports.now).finally(() => wallet.close?.());
}

async function describeWallet(
	wallet: Wallet,
	settings: CredentialSettings,
	now: () => number,
): Promise<TestResult> {
	const description = await wallet.describe(TEST_TIMEOUT_MS);
	if (description.status === 'unavailable') return refused(description);
	const judged = judge(settings, description);
	const { maxPerDayMsat } = settings;
	if (!judged.ok || maxPerDayMsat === null) return judged;
	const sinceAt = now() - LOOK_BACK_MS;
	const question = { sinceAt, timeoutMs: TEST_TIMEOUT_MS, bookmark: null };
	const told = await wallet.spentSince(question);
	if (told.status === 'unavailable') return refused(told);
	return { ok: true, message: `${judged.message} ${today(told, maxPerDayMsat, now())}` };
}

function refused({ cause, reason }: WalletUnavailable): TestResult {
	return { ok: false, message: `${sentence(reason)} ${NEXT_STEPS[cause]}`.trim() };
}

/** What is spent is rounded up, what is left down. */
function today({ outflows }: SpendingTold, maxPerDayMsat: bigint, now: number): string {
	const spent = spentMsat(outflows, now);
	const leftMsat = spent > maxPerDayMsat ? 0n : maxPerDayMsat - spent;
	return `Within 24 hours ${(spent + 999n) / 1000n} of ${sats(maxPerDayMsat / 1000n)} have left, ${leftMsat / 1000n} are free.`;
}

/** What the user can do, by what went wrong. Texts that already say it need nothing more. */
const NEXT_STEPS: Readonly<Record<FailureCause, string>> = {
	unauthorized: 'Check the secret in the credential and what it is allowed to do.',
	unreachable: 'Check the address, and whether n8n can reach it from where it runs.',
	budget: 'Raise the limit of this connection in the wallet.',
	feeLimit: '',
	balance: '',
	noRoute: '',
	offline: '',
	expired: '',
	rejected: '',
	other: '',
};

function judge(settings: CredentialSettings, description: WalletDescription): TestResult {
	const { network, alias, spendableMsat } = description;
	if (network !== null && network !== settings.network) {
		const message = `The wallet is on ${network}, and the credential says ${settings.network}. Choose the network of the wallet.`;
		return { ok: false, message };
	}
	const name = alias === '' ? settings.wallet : `${settings.wallet} "${alias}"`;
	const where = network === null ? 'network not told by the wallet' : network;
	if (spendableMsat !== null && spendableMsat < 1_000n) {
		// n8n shows no words of a test that passed, so this is the one way to be noticed.
		const message = `Connected to ${name} (${where}), but the wallet is empty: 0 sats to spend. Top it up, then test again.`;
		return { ok: false, message };
	}
	const spendable =
		spendableMsat === null ? 'balance not told' : `${sats(spendableMsat / 1000n)} to spend`;
	return { ok: true, message: `Connected to ${name}: ${where}, ${spendable}.` };
}

function sentence(reason: string): string {
	const text = reason.charAt(0).toUpperCase() + reason.slice(1);
	return /[.…!?]$/.test(text) ? text : `${text}.`;
}
