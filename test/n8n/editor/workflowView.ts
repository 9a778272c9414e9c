import { until } from '../scenarios/until';
import type { Editor } from './editor';
import type { Box } from './playwright';

/** Room for a name below a node, and for the eye around all of it. */
const MARGIN = { top: 24, right: 72, bottom: 72, left: 56 };
const MOVES_WITHIN_MS = 800;

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

	/** The part of the window that all of them take up. */
	async area(): Promise<Box> {
		const boxes = await this.boxes();
		const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN.left;
		const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN.top;
		const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN.right;
		const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN.bottom;
		return { x: left, y: top, width: right - left, height: bottom - top };
	}
}
