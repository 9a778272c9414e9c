import { setTimeout as wait } from 'node:timers/promises';
import type { LedgerEntry } from '../ledger';
import { makePicture } from '../pictures/makePicture';
import type { PictureJob } from '../pictures/pictureJob';
import { shapeResult, type ShapedResult } from './resultShape';
import type { Finished, ServiceState } from './visit';

/** Makes the picture, as slowly as the settings say. */
export async function finish(
	state: ServiceState,
	job: PictureJob,
	entry: LedgerEntry | null,
): Promise<Finished> {
	const { settings } = state;
	if (settings.processingDelayMs > 0) await wait(settings.processingDelayMs);
	const picture = await makePicture(job, settings.pictures, entry?.serial ?? 0);
	return { job, picture, entry, at: settings.now(), link: state.uploads.linkTo(picture, entry) };
}

/** The body of the answer, in the shape the settings say. */
export function shapeOf(state: ServiceState, finished: Finished, origin: string): ShapedResult {
	const shape = state.settings.resultShape[finished.job.operation];
	return shapeResult(shape, finished.picture, finished.link, origin);
}
