import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';

export const hex = (digits: string) => Buffer.from(digits, 'hex');

/** The lengths, from a least one on, at which a file that is cut there counts as whole. */
export const wholeAt = (bytes: Buffer, least: number) =>
	Array.from({ length: bytes.length + 1 }, (_, length) => length)
		.slice(least)
		.filter((length) => !endsInTheMiddle(bytes.subarray(0, length)));
