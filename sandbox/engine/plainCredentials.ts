import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** n8n's credential store, holding one wallet in plain. */
export class PlainCredentials extends ICredentialsHelper {
	/** @param trouble Why it cannot be read; absent: it can. */
	constructor(
		private readonly data: ICredentialDataDecryptedObject | undefined,
		private readonly trouble?: string,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		_data: ICredentialDataDecryptedObject,
		_type: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return request;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	getCredentials(): Promise<ICredentials> {
		return Promise.reject(new Error('Only decrypted credentials are kept here'));
	}

	getCredentialsProperties(): INodeProperties[] {
		return [];
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_credential: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		if (this.trouble !== undefined) throw new Error(this.trouble);
		// n8n looks for the id and the type.
		if (this.data === undefined || type !== 'lightningWalletApi') {
			throw new Error(`There is no credential of type ${type}`);
		}
		return { ...this.data };
	}

	async updateCredentials(): Promise<void> {
		// Nothing is stored.
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		// Nothing is stored.
	}

	getOAuth2Options(): undefined {
		return undefined;
	}
}
