import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { describeForTest } from '../wallets/describeForTest';
import { n8nClock } from './n8nClock';
import { n8nHttp, type RequestHelper } from './n8nHttp';

/**
 * The *Test* button of the credential: reaches the wallet, tells what it says of itself, and never
 * pays. A plain `test.request` could not do it: Nostr Wallet Connect is no HTTP.
 */
export async function lightningWalletApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const clock = n8nClock(undefined);
	const http = n8nHttp(legacyRequest(this), {}, undefined);
	const ports = { http, sleep: clock.sleep, now: clock.now, elapsedMs: clock.elapsedMs };
	const { ok, message } = await describeForTest(credential.data ?? {}, ports);
	return { status: ok ? 'OK' : 'Error', message };
}

/** Credential tests are given n8n's older request helper only, with names of its own. */
function legacyRequest(ctx: ICredentialTestFunctions): RequestHelper {
	return async (options: IHttpRequestOptions) => {
		const response: unknown = await ctx.helpers.request({
			method: options.method,
			uri: options.url,
			headers: options.headers,
			body: options.body,
			useStream: true,
			timeout: options.timeout,
			followRedirect: false,
			followAllRedirects: false,
			rejectUnauthorized: options.skipSslCertificateValidation !== true,
			agentOptions: options.agentOptions,
			resolveWithFullResponse: true,
			simple: false,
		});
		return response;
	};
}
