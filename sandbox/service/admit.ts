import { measure } from '../pictures/measure';
import type { PictureJob } from '../pictures/pictureJob';
import { BodyProblem } from './bodyFields';
import type { Endpoint } from './endpoints';
import { readJob } from './readJob';
import type { ServiceState } from './visit';

/** Pixels of the largest result; more would need more memory than a laptop should give. */
const MOST_PIXELS = 64_000_000;

function growth(job: PictureJob): number {
	if (job.operation === 'upscaleImage') return job.scale;
	return job.operation === 'restoreFace' ? job.upscale : 1;
}

/** The job in a request body, checked to the last pixel. Throws `BodyProblem`. */
export async function admit(
	state: ServiceState,
	endpoint: Endpoint,
	body: Buffer,
): Promise<PictureJob> {
	const job = readJob(endpoint.operation, body);
	if (job.operation === 'generateImage' || state.settings.pictures === 'plain') return job;
	const size = await measure(job.image);
	if (size === null) throw new BodyProblem('"image" is no picture the service can read.');
	if (size.width * size.height * growth(job) ** 2 > MOST_PIXELS) {
		throw new BodyProblem('The result would be larger than 64 megapixels.');
	}
	return job;
}
