import { serialOfPlainPicture } from '../../sandbox/pictures/plainPicture';
import type { Sandbox } from '../../sandbox/startSandbox';
import { buy, paths } from './buyer';
import { openSandbox } from './openSandbox';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox({ pictures: 'plain' });
});

describe('faults at the link', () => {
	it.each([
		['status=404', 404, null],
		['status=503', 503, null],
		['garbage', 200, null],
		['html', 200, /^<!doctype/],
		['empty', 200, /^$/],
	] as const)('%s', async (fault, status, text) => {
		const { image_url: link } = (await (await buy(sandbox, path, body)).json()) as {
			image_url: string;
		};
		const response = await fetch(`${sandbox.serviceUrl}${link}?fault=link:${fault}`);
		expect(response.status).toBe(status);
		if (text !== null) expect(await response.text()).toMatch(text);
		expect(sandbox.ledger[0]?.fetchedAt).toBeNull();
	});

	it('cut, then works', async () => {
		const { image_url: link } = (await (await buy(sandbox, path, body)).json()) as {
			image_url: string;
		};
		sandbox.faults.push({ at: 'link', fault: { kind: 'cut' } });
		await expect(fetch(`${sandbox.serviceUrl}${link}`)).rejects.toThrow();
		const bytes = await (await fetch(`${sandbox.serviceUrl}${link}`)).arrayBuffer();
		expect(serialOfPlainPicture(Buffer.from(bytes))).toBe(1);
		expect(sandbox.ledger[0]?.fetchedAt).not.toBeNull();
	});
});
