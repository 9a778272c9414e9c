/** What is said about a wallet with an HTTP API when something is not as it should be. */
export interface HttpWallet {
	/** As users call it. */
	readonly title: string;
	/** What should answer at the URL. */
	readonly api: string;
	/** Whether the form has a field for this wallet's certificate. */
	readonly takesCertificate: boolean;
	/** How another name or address gets into the wallet's certificate. */
	readonly namesInCertificate: string;
	/** Where this API usually is, and what else of the same machine is taken for it. */
	readonly ports: string;
}

export const LND: HttpWallet = {
	title: 'LND',
	api: 'LND REST API',
	takesCertificate: true,
	namesInCertificate: '"tlsextraip" or "tlsextradomain" in lnd.conf',
	ports: 'REST is usually at port 8080; 10009 is gRPC, 9735 is for Lightning peers',
};

export const CLN: HttpWallet = {
	title: 'Core Lightning',
	api: 'clnrest API',
	takesCertificate: true,
	namesInCertificate: '"clnrest-host" in its config',
	ports: 'clnrest is usually at port 3010; 9736 is gRPC, 9735 is for Lightning peers',
};

export const LNBITS: HttpWallet = {
	title: 'LNbits',
	api: 'LNbits API',
	takesCertificate: false,
	namesInCertificate: '',
	ports: 'LNbits is usually at port 443, or at 5000 on its own machine',
};

export const PHOENIXD: HttpWallet = {
	title: 'phoenixd',
	api: 'phoenixd API',
	takesCertificate: false,
	namesInCertificate: '',
	ports: 'phoenixd is usually at port 9740',
};
