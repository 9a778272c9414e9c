import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { filesOnDisk } from './filesOnDisk';
import { reportOf } from './outcome';
import { pictureBytes } from './photo';
import { CONTINUE, inScene } from './scene';

filesOnDisk();

async function stored(mark: string): Promise<IBinaryData> {
	const place = { type: 'execution', workflowId: 'engine', executionId: '1' } as const;
	const file = { data: '', mimeType: 'image/png', fileName: `${mark}.png` };
	return await Container.get(BinaryDataService).store(place, pictureBytes(mark), file);
}

describe('a file that n8n keeps on disk', () => {
	it.each([
		['named', 'data'],
		['given by this item', '={{ $binary.data }}'],
		['given by a node before', '={{ $("Start").item.binary.data }}'],
	])('is read where it is %s', async (_name, binaryPropertyName) => {
		await inScene({}, async (scene) => {
			const items = [{ json: {}, binary: { data: await stored('kept') } }];
			const { items: output, error } = await scene.run({
				items,
				parameters: { binaryPropertyName },
			});
			expect(error).toBeUndefined();
			const image = pictureBytes('kept').toString('base64');
			expect(scene.bodies.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)).toEqual([
				{ image },
				{ image },
			]);
			expect(output[0]?.json.fileName).toBe('kept-colorizeImage.png');
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.each([
		'={{ $("Start").item.binary.data.data }}',
		'={{ $("Start").item.binary.data.id }}',
		'={{ $("Start").item.binary.data }}',
		'=data:image/png;base64,{{ $("Start").item.binary.data.data }}',
	])('is not to be had as base64 text: %s', async (imageBase64) => {
		await inScene({}, async (scene) => {
			const items = [{ json: {}, binary: { data: await stored('kept') } }];
			const parameters = { imageSource: 'base64', imageBase64 };
			const { items: output } = await scene.run({ items, parameters, settings: CONTINUE });
			expect(reportOf(output[0])).toMatchObject({
				code: 'INPUT_INVALID',
				spent: 'no',
				hint: expect.stringContaining("Set 'Image Source' to 'Binary File'"),
			});
			scene.expectNoRequests();
		});
	});
});
