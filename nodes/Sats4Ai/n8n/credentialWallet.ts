import { createHash } from 'node:crypto';
import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { Clock } from '../l402/clock';
import type { Http } from '../l402/http';
import { tryConnectWallet, type ConnectedWallet } from '../wallets/backends';
import type { MetWallets } from '../wallets/metWallets';
import { walletFingerprint } from '../wallets/fingerprint';
import { WalletSettingsInvalid } from '../wallets/wallet';
import { dayBookOf } from '../purchase/books/dayBook';
import { DayLimit } from '../purchase/dayLimit';
import { PurchaseFailure } from '../purchase/report/failure';
import { reasonIn } from '../purchase/report/reasonIn';
import { n8nHttp, type RequestHelper } from './n8nHttp';
import type { Settings } from './parameters';

export interface CredentialWallet extends ConnectedWallet {
	/** `walletFingerprint` */
	readonly walletKey: string;
	/** The cap on what leaves the wallet within 24 hours; null where the credential has none. */
	readonly day: DayLimit | null;
}

const CREDENTIAL = 'lightningWalletApi';
/** How much of the payment's time one call of the wallet may use: some is left for look-ups. */
const CALL_SHARE = 0.875;
/** How long a wallet may take to tell what has left it. */
const TELL_TIMEOUT_MS = 15_000;

/**
 * Connects the wallet of the node's credential. Throws before any request: `INPUT_INVALID`, or
 * `WALLET_UNAUTHORIZED` where n8n does not hand the credential over.
 */
export async function connectCredentialWallet(
	ctx: IExecuteSingleFunctions,
	request: RequestHelper,
	clock: Clock,
	{ paymentTimeoutMs, maxFeeMsat }: Pick<Settings, 'paymentTimeoutMs' | 'maxFeeMsat'>,
	met: MetWallets,
): Promise<CredentialWallet> {
	const credential = await readCredential(ctx);
	const send = n8nHttp(request, {}, ctx.getExecutionCancelSignal());
	const longestMs = paymentTimeoutMs * CALL_SHARE;
	const http: Http = async (wanted) =>
		await send({ ...wanted, timeoutMs: Math.min(wanted.timeoutMs, longestMs) });
	const connected = tryConnectWallet(credential, {
		http,
		sleep: clock.sleep,
		now: clock.now,
		elapsedMs: clock.elapsedMs,
		met,
	});
	if (connected instanceof WalletSettingsInvalid) {
		throw new PurchaseFailure(
			'INPUT_INVALID',
			`The wallet credential cannot work: ${connected.message}`,
			'Nothing was sent or paid. Correct the credential.',
		);
	}
	const { wallet, settings } = connected;
	const walletKey = await walletFingerprint(settings);
	const { maxPerDayMsat: limitMsat } = settings;
	const timeoutMs = Math.min(paymentTimeoutMs, TELL_TIMEOUT_MS);
	const ports = { wallet, clock, maxFeeMsat, timeoutMs };
	const day =
		limitMsat === null ? null : new DayLimit(dayBookOf(walletKey), { ...ports, limitMsat });
	return { wallet, settings, walletKey, day };
}

async function readCredential(ctx: IExecuteSingleFunctions): Promise<Record<string, unknown>> {
	if (ctx.getNode().credentials?.[CREDENTIAL] === undefined) {
		throw new PurchaseFailure(
			'INPUT_INVALID',
			'No Lightning wallet is chosen',
			"Nothing was sent or paid. Choose a credential in the node, or set 'Payment' to 'Get Invoice Only'.",
		);
	}
	return await ctx.getCredentials(CREDENTIAL).catch((cause: unknown) => {
		throw new PurchaseFailure(
			'WALLET_UNAUTHORIZED',
			`The wallet credential cannot be read: ${reasonIn(cause)}`,
			'Nothing was sent or paid. Check that the credential is still there, that this workflow may use it, and that n8n has the encryption key it was saved with.',
		);
	});
}

/**
 * Whose purchases these are: the workflow's, paid with this credential. They are found again by it,
 * whatever becomes of the wallet's address and secret, and by nobody else. 32 hex digits.
 */
export function buyerOf(ctx: IExecuteSingleFunctions): string {
	const credentialId = ctx.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const identity = JSON.stringify([ctx.getWorkflow().id ?? '', credentialId]);
	return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
