import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Box } from '../editor/playwright';
import { withEditor } from '../editor/withEditor';
import { WorkflowView } from '../editor/workflowView';
import type { Scenario } from '../scenarios/scenario';
import { exampleFiles, examplesFolder, readExample } from './exampleFile';
import { installExample } from './installExample';

function overlap(one: Box, other: Box): boolean {
	return (
		one.x < other.x + other.width &&
		other.x < one.x + one.width &&
		one.y < other.y + other.height &&
		other.y < one.y + one.height
	);
}

/** As somebody sees the examples who imports them by hand; also the pictures of them. */
export const seenInEditor: Scenario = {
	name: 'each example in the editor: one imported from its file, nothing on a canvas overlaps, no wire runs behind a node',
	part: 'examples',
	inBrowser: true,
	run: async (app, screenshots) => {
		await withEditor(app, 'light', async (editor) => {
			const view = new WorkflowView(editor);
			await view.enlarge();
			const [imported = ''] = exampleFiles();
			await view.importFile(join(examplesFolder, imported), readExample(imported).nodes.length);
			for (const file of exampleFiles()) {
				// With credentials chosen, nothing is marked as missing.
				await editor.openWorkflow((await installExample(app, file)).id);
				await view.fit();
				const boxes = await view.boxes();
				for (const [index, box] of boxes.entries()) {
					const others = boxes.slice(index + 1);
					assert.ok(!others.some((other) => overlap(box, other)), `something overlaps in ${file}`);
				}
				assert.deepEqual(await view.nodesBehindWires(), [], `a wire runs behind a node in ${file}`);
				const name = `example-${file.slice(0, -'.json'.length)}`;
				await screenshots.take(editor.page, name, await view.area());
			}
		});
	},
};
