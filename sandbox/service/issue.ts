import { randomBytes } from 'node:crypto';
import type { AskFault } from '../faults';
import type { LedgerEntry } from '../ledger';
import { mintInvoice } from '../mintInvoice';
import { mintMacaroon } from '../macaroon';
import type { Network } from '../options';
import type { PictureJob } from '../pictures/pictureJob';
import type { Endpoint, Prices } from './endpoints';
import type { ServiceState } from './visit';

const HOUR_MS = 60 * 60 * 1000;

function priceKey(job: PictureJob): keyof Prices {
	return job.operation === 'generateImage' ? `generate${job.model}` : job.operation;
}

export function priceMsat(job: PictureJob, prices: Prices): number {
	return Math.round(prices[priceKey(job)] * 1000);
}

function tierOf(job: PictureJob): string {
	return job.operation === 'generateImage' ? job.model : 'Standard';
}

/** How a fault bends the terms of the invoice. */
function bend(fault: AskFault | null, network: Network, amountMsat: number) {
	switch (fault?.kind) {
		case 'amountless':
			return { network, amountMsat: null, ageMs: 0 };
		case 'network':
			return { network: fault.network, amountMsat, ageMs: 0 };
		case 'expired':
			return { network, amountMsat, ageMs: HOUR_MS };
		case 'priceTimes':
			return { network, amountMsat: Math.round(amountMsat * fault.factor), ageMs: 0 };
		default:
			return { network, amountMsat, ageMs: 0 };
	}
}

/** Another last character: still bech32 by its alphabet, wrong by its checksum. */
function breakChecksum(invoice: string): string {
	return `${invoice.slice(0, -1)}${invoice.endsWith('q') ? 'p' : 'q'}`;
}

function spoil(fault: AskFault | null, invoice: string): string {
	if (fault?.kind === 'badChecksum') return breakChecksum(invoice);
	if (fault?.kind === 'garbageInvoice') return 'lnbcrt-this-is-no-invoice';
	return invoice;
}

/** A fresh invoice and a token for it, entered in the books. */
export function issue(
	state: ServiceState,
	endpoint: Endpoint,
	job: PictureJob,
	bodySha256: string,
	fault: AskFault | null,
): LedgerEntry {
	const { settings } = state;
	const terms = bend(fault, settings.network, priceMsat(job, settings.prices));
	const createdAt = settings.now() - terms.ageMs;
	const expirySeconds = settings.invoiceExpirySeconds;
	const minted = mintInvoice(
		{
			network: terms.network,
			amountMsat: terms.amountMsat,
			description: `Sats4AI - ${endpoint.title} - ${tierOf(job)} - L402`,
			createdAt,
			expirySeconds,
		},
		state.nodeKey,
	);
	const committedHash =
		fault?.kind === 'baitAndSwitch' ? randomBytes(32).toString('hex') : minted.paymentHash;
	const validUntil = Math.floor(settings.now() / 1000) + settings.tokenLifetimeSeconds;
	settings.log(`  asks ${(terms.amountMsat ?? 0) / 1000} sat for ${job.operation}`);
	return state.ledger.add({
		operation: job.operation,
		priceMsat: terms.amountMsat ?? 0,
		invoice: spoil(fault, minted.text),
		paymentHash: minted.paymentHash,
		preimage: minted.preimage,
		token: mintMacaroon(state.rootKey, committedHash, [
			`services=${endpoint.service}:0`,
			`${endpoint.service}_valid_until=${validUntil}`,
		]),
		network: terms.network,
		bodySha256,
		createdAt,
		expiresAt: createdAt + expirySeconds * 1000,
		fault: fault?.kind ?? null,
	});
}
