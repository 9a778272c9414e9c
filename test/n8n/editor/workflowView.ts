import { until } from '../scenarios/until';
import type { Editor } from './editor';
import type { Box } from './playwright';

/** Room for a name below a node, and for the eye around all of it. */
const MARGIN = { top: 24, right: 72, bottom: 72, left: 56 };
const MOVES_WITHIN_MS = 800;

/** A wire ends at the rim of a node, on a handle that lies half inside. */
const RIM = 10;

interface Point {
	readonly x: number;
	readonly y: number;
}

/** What is asked of an SVG path, in the page. */
interface WirePath {
	getTotalLength(): number;
	getScreenCTM(): unknown;
	getPointAtLength(length: number): Point & { matrixTransform(matrix: unknown): Point };
}

/** A workflow on the canvas of the editor, with its notes. */
export class WorkflowView {
	constructor(private readonly editor: Editor) {}

	/** A window in which everything is shown in its real size. */
	async enlarge(): Promise<void> {
		await this.editor.page.setViewportSize({ width: 2200, height: 1100 });
	}

	/** Presses *Import from file* in a new workflow, and waits until all nodes are there. */
	async importFile(path: string, nodes: number): Promise<void> {
		const { page } = this.editor;
		await this.editor.newWorkflow();
		await page.getByTestId('workflow-import-input').setInputFiles(path);
		const found = page.locator('.vue-flow__node');
		await until(`${nodes} nodes on the canvas`, async () => (await found.count()) === nodes);
	}

	/** Moves everything into sight. */
	async fit(): Promise<void> {
		const { page } = this.editor;
		await page.keyboard.press('1');
		await page.waitForTimeout(MOVES_WITHIN_MS);
	}

	/** Where each node and note is. */
	async boxes(): Promise<Box[]> {
		const nodes = await this.editor.page.locator('.vue-flow__node').all();
		const boxes = await Promise.all(nodes.map(async (node) => await node.boundingBox()));
		return boxes.filter((box) => box !== null);
	}

	/** Nodes, notes left out, behind which a wire runs that leads elsewhere; by name. */
	async nodesBehindWires(): Promise<string[]> {
		const nodes = await this.editor.page.locator('[data-test-id=canvas-node]').all();
		const wires = await this.wires();
		const behind: string[] = [];
		for (const node of nodes) {
			const box = await node.boundingBox();
			if (box === null) continue;
			const isInside = ({ x, y }: Point): boolean =>
				x > box.x + RIM &&
				x < box.x + box.width - RIM &&
				y > box.y + RIM &&
				y < box.y + box.height - RIM;
			if (!wires.some((points) => points.some(isInside))) continue;
			behind.push((await node.getAttribute('data-node-name')) ?? '?');
		}
		return behind;
	}

	/** Each wire as points of the window, a few pixels apart. */
	private async wires(): Promise<Point[][]> {
		return await this.editor.page.locator('.vue-flow__edge-path').evaluateAll((paths) =>
			paths.map((element) => {
				const path = element as unknown as WirePath;
				const toWindow = path.getScreenCTM();
				const steps = Math.ceil(path.getTotalLength() / 4);
				return Array.from({ length: steps + 1 }, (_, step) => {
					const { x, y } = path
						.getPointAtLength((path.getTotalLength() * step) / steps)
						.matrixTransform(toWindow);
					return { x, y };
				});
			}),
		);
	}

	/** The part of the window that all of them take up, and the wires between them. */
	async area(): Promise<Box> {
		const points = (await this.wires()).flat();
		const ends = points.map(({ x, y }) => ({ x, y, width: 0, height: 0 }));
		const boxes = [...(await this.boxes()), ...ends];
		const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN.left;
		const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN.top;
		const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN.right;
		const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN.bottom;
		return { x: left, y: top, width: right - left, height: bottom - top };
	}
}
