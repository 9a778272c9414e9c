import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of an LND node, and what it puts there. */
export class LndFiles {
	constructor(readonly folder: string) {}

	get certificateFile(): string {
		return join(this.folder, 'tls.cert');
	}

	/** LND's own, self-signed; PEM. */
	get certificate(): string {
		return readFileSync(this.certificateFile, 'utf8');
	}

	get macaroonFolder(): string {
		return join(this.folder, 'data', 'chain', 'bitcoin', 'regtest');
	}

	/** One of those that LND makes itself; hex. */
	ownMacaroon(name: 'admin' | 'readonly'): string {
		return readFileSync(this.macaroonFile(name)).toString('hex');
	}

	/** All rights; hex. */
	get adminMacaroon(): string {
		return this.ownMacaroon('admin');
	}

	/** All rights, or empty where it has not made its macaroons yet; hex. */
	get adminMacaroonIfAny(): string {
		return existsSync(this.macaroonFile('admin')) ? this.adminMacaroon : '';
	}

	/** The password of its wallet, for starts that need not be unlocked. */
	protected get passwordFile(): string {
		return join(this.folder, 'password');
	}

	private macaroonFile(name: string): string {
		return join(this.macaroonFolder, `${name}.macaroon`);
	}
}
