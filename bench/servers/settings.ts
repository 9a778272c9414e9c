/** How the servers behave from now on. Setting them puts the counters back to zero. */
export interface ServerSettings {
	/** Size of the picture that is sold. */
	readonly pictureBytes: number;
	/** How long the service works on a paid picture. */
	readonly serverMs: number;
	/** How many invoices to have ready before the next request. */
	readonly stock: number;
	/** Whether to take the digest of every body, which costs time. */
	readonly digests: boolean;
}

/** What has arrived since the last settings. */
export interface ServerReport {
	readonly asks: number;
	readonly redeems: number;
	readonly payments: number;
	/** Distinct bodies, as sha256 in hex. */
	readonly digests: readonly string[];
	/** When the service was at the last purchase, in ms since 1970 with fractions. */
	readonly marks: ServiceMarks;
}

/** The moments of one purchase that the service sees. */
export interface ServiceMarks {
	readonly askBegins: number;
	readonly askRead: number;
	readonly redeemBegins: number;
	readonly redeemRead: number;
	/** All of the picture is with the operating system. */
	readonly pictureSent: number;
}

export interface ServerUrls {
	readonly service: string;
	readonly wallet: string;
	/** Takes settings, gives reports. */
	readonly control: string;
}

export const SERVICE_PATH = '/api/l402/colorize-image';
export const WALLET_PASSWORD = 'bench';
export const WALLET_AUTHORIZATION = `Basic ${Buffer.from(`phoenix:${WALLET_PASSWORD}`).toString('base64')}`;
