import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import type { FaultSubject } from '../../../sandbox/faultPlan';
import type { GoogleDrive } from '../outside/googleDrive';

let made = 0;

/** A photograph that no other is like, as it comes out of a request's body. */
export function photograph(): {
	readonly bytes: Buffer;
	readonly isIn: (subject: FaultSubject) => boolean;
} {
	made += 1;
	const { bytes } = plainPicture(700_000_000 + made);
	const base64 = bytes.toString('base64');
	return { bytes, isIn: ({ body }) => body.includes(base64) };
}

/** Puts photographs into a folder. Answers them in order. */
export function putPhotographs(drive: GoogleDrive, folder: string, count: number) {
	return Array.from({ length: count }, (_, index) => {
		const { bytes, isIn } = photograph();
		const name = `photo-${index + 1}.png`;
		return { file: drive.put(folder, { name, mimeType: 'image/png', bytes }), isIn };
	});
}
