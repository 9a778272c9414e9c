/** Does the same work `times` times, `width` of them at once. Throws what the first failure throws. */
export async function concurrently(
	times: number,
	width: number,
	work: () => Promise<void>,
): Promise<void> {
	let begun = 0;
	const lane = async (): Promise<void> => {
		while (begun < times) {
			begun += 1;
			await work();
		}
	};
	await Promise.all(Array.from({ length: Math.min(times, width) }, lane));
}
