import type { Picture } from '../service/storePicture';
import type { OpenPurchase } from './openPurchase';

/** As many bytes as one picture may have. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Pictures that are paid for, and that n8n could not store: the service may never hand them out a
 * second time. The oldest are let go where they are too many.
 */
export class KeptPictures {
	private readonly pictures = new Map<string, Picture>();
	private bytes = 0;

	keep(purchase: Pick<OpenPurchase, 'paymentHash' | 'digest'>, picture: Picture): void {
		this.forget(purchase);
		if (picture.bytes.length > MOST_BYTES) return;
		this.bytes += picture.bytes.length;
		this.pictures.set(keyOf(purchase), picture);
		for (const key of this.pictures.keys()) {
			if (this.bytes <= MOST_BYTES) return;
			this.drop(key);
		}
	}

	of(purchase: Pick<OpenPurchase, 'paymentHash' | 'digest'>): Picture | undefined {
		return this.pictures.get(keyOf(purchase));
	}

	forget(purchase: Pick<OpenPurchase, 'paymentHash' | 'digest'>): void {
		this.drop(keyOf(purchase));
	}

	private drop(key: string): void {
		this.bytes -= this.pictures.get(key)?.bytes.length ?? 0;
		this.pictures.delete(key);
	}
}

function keyOf({ paymentHash, digest }: Pick<OpenPurchase, 'paymentHash' | 'digest'>): string {
	return `${paymentHash} ${digest}`;
}
