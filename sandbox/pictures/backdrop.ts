/** One byte for each pixel, row by row. */
export interface GrayPicture {
	readonly pixels: Buffer;
	readonly width: number;
	readonly height: number;
}

/** How much the brightness changes around each pixel. */
export function roughnessOf({ pixels, width, height }: GrayPicture): Float32Array {
	const edges = new Float32Array(pixels.length);
	const at = (x: number, y: number): number =>
		pixels[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))] ?? 0;
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			edges[y * width + x] =
				Math.abs(at(x + 1, y) - at(x - 1, y)) + Math.abs(at(x, y + 1) - at(x, y - 1));
		}
	}
	return edges;
}

/** Pixels from an edge that a backdrop keeps clear, so that it finds no way through narrow gaps. */
const CLEARANCE = 3;

/** The largest value within `CLEARANCE` of each pixel. */
function widen({ width, height }: GrayPicture, values: Float32Array): Float32Array {
	const pass = (from: Float32Array, step: number, along: (at: number) => number): Float32Array => {
		const length = step === 1 ? width : height;
		return from.map((_, at) => {
			let most = 0;
			for (let by = -CLEARANCE; by <= CLEARANCE; by += 1) {
				const place = along(at) + by;
				if (place >= 0 && place < length) most = Math.max(most, from[at + by * step] ?? 0);
			}
			return most;
		});
	};
	const wide = pass(values, 1, (at) => at % width);
	return pass(wide, width, (at) => Math.floor(at / width));
}

/**
 * 1 where the sky, or the wall behind a person, is: bright smooth pixels that hang together with
 * those of the upper edge. 0 elsewhere.
 */
export function backdropOf(picture: GrayPicture, edges: Float32Array): Float32Array {
	const { pixels, width, height } = picture;
	const top = [...pixels.subarray(0, width * 3)].sort((first, second) => first - second);
	const tone = top[Math.floor(top.length * 0.6)] ?? 0;
	const reached = new Float32Array(pixels.length);
	if (tone < 100) return reached;
	const near = widen(picture, edges);
	const fits = (at: number): boolean =>
		Math.abs((pixels[at] ?? 0) - tone) < 48 && (near[at] ?? 0) < 44;
	const open: number[] = [];
	const visit = (at: number): void => {
		if (reached[at] === 1 || !fits(at)) return;
		reached[at] = 1;
		open.push(at);
	};
	for (let x = 0; x < width; x += 1) visit(x);
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		const x = at % width;
		if (x > 0) visit(at - 1);
		if (x < width - 1) visit(at + 1);
		if (at >= width) visit(at - width);
		if (at < width * (Math.floor(height * 0.85) - 1)) visit(at + width);
	}
	return widen(picture, reached);
}
