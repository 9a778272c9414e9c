import type { Canvas } from './canvas';
import { drawRidges } from './ridges';
import { drawSkyline } from './skyline';

/** Everything solid: above the horizon, and below it where there is no water. */
export function drawLand(canvas: Canvas): string {
	if (canvas.plan.land === 'space') return '';
	return canvas.plan.land === 'skyline' ? drawSkyline(canvas) : drawRidges(canvas);
}
