import { runAgent } from './agent';
import { photo } from './photo';
import { inScene } from './scene';

describe('as the tool of an agent, where n8n keeps files in memory', () => {
	it('says before paying that the agent could not see the picture', async () => {
		await inScene({}, async (scene) => {
			const parameters = { operation: 'generateImage', prompt: 'a cat' };
			await runAgent(scene, [{ name: 'Paint', parameters }], [photo()], async (call) => {
				const answer = await call('Paint', {});
				expect(answer).toContain('keeps files in memory');
				expect(answer).toContain('Nothing was sent or paid');
			});
			scene.expectNoRequests();
		});
	});

	it('sells what comes with a link', async () => {
		await inScene({ resultShape: 'imageUrlRelative' }, async (scene) => {
			const imageUrl = `${scene.sandbox.serviceUrl}/photo.png`;
			const picture = photo().binary?.data?.data ?? '';
			const parameters = {
				operation: 'colorizeImage',
				imageSource: 'base64',
				imageBase64: picture,
			};
			await runAgent(scene, [{ name: 'Colorize', parameters }], [photo()], async (call) => {
				const answer = await call('Colorize', { imageUrl });
				expect(answer).toContain('/uploads/');
			});
			expect(scene.paid).toHaveLength(1);
		});
	});
});
