import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { exampleFiles, readExample } from '../n8n/examples/exampleFile';
import { scenarios } from '../n8n/scenarios/all';
import { read, relativeLinks, ROOT } from './markdown';

const README = 'examples/README.md';
const LARGEST_PICTURE_BYTES = 150_000;
const files = exampleFiles();

const links = relativeLinks(read(README));
const isOurs = ({ type }: INode) => type.startsWith('n8n-nodes-sats4ai.');
const pays = ({ parameters }: INode) =>
	['wallet', 'payQuote'].includes(String(parameters.payment ?? 'wallet'));

test('there are examples, and scenarios of nothing else', () => {
	expect(files.length).toBeGreaterThan(0);
	const executed = scenarios.flatMap(({ example }) => (example === undefined ? [] : [example]));
	expect([...new Set(executed)].sort()).toEqual([...files].sort());
});

describe.each(files)('%s', (file) => {
	const example = readExample(file);
	const ours = example.nodes.filter(isOurs);

	test('is explained in the README, with a picture of fair size', () => {
		expect(links).toContain(file);
		const picture = `../docs/images/example-${file.replace('.json', '.png')}`;
		expect(links).toContain(picture);
		const path = join(ROOT, dirname(README), picture);
		expect(existsSync(path)).toBe(true);
		expect(statSync(path).size).toBeLessThan(LARGEST_PICTURE_BYTES);
	});

	test('brings nothing of the n8n it was made in', () => {
		expect(Object.keys(example).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		expect(example.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		expect(JSON.stringify(example)).not.toMatch(/baseUrl|127\.0\.0\.1|localhost/);
	});

	test('has a note, names that differ, and connections between nodes that are there', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(names).toContain('How It Works');
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(example.nodes.map(({ id }) => id)).size).toBe(names.length);
		const ends = Object.values(example.connections).flatMap((kinds) =>
			Object.values(kinds).flatMap((outputs) => outputs.flatMap((output) => output ?? [])),
		);
		const connected = [...Object.keys(example.connections), ...ends.map(({ node }) => node)];
		const nodes = names.filter((name) => name !== 'How It Works');
		expect([...new Set(connected)].sort()).toEqual(nodes.sort());
	});

	test('says in its note which nodes need a wallet, since n8n marks none that is missing', () => {
		const { content } = example.nodes.find(({ name }) => name === 'How It Works')?.parameters ?? {};
		const text = String(content);
		const paying = ours.filter(pays);
		if (paying.length === 0) expect(text).toMatch(/No wallet of yours is needed/);
		else
			expect(text).toMatch(/\b[Cc]hoose (?:a|the) wallet in |from your wallet: choose one there/);
		expect(paying.filter(({ name }) => !text.includes(`*${name}*`))).toEqual([]);
	});

	test('says that it has to be published, in the words of both versions, where it has to', () => {
		const { content } = example.nodes.find(({ name }) => name === 'How It Works')?.parameters ?? {};
		const starts = example.nodes.filter(({ type }) => /trigger$|\.webhook$/i.test(type));
		const byHand = starts.every(({ type }) => /manualTrigger$|chatTrigger$/.test(type));
		const says = /\b[Pp]ublish(?: the workflow)? \(n8n 1: activate(?: it)?\)/.test(String(content));
		expect(says).toBe(!byHand);
	});

	test('limits what each picture and each execution may cost', () => {
		expect(ours.length).toBeGreaterThan(0);
		for (const { parameters, onError, retryOnFail } of ours.filter(pays)) {
			expect(parameters.maxPriceSat).toBeGreaterThan(0);
			const { maxTotalSat } = parameters.options as { maxTotalSat?: number };
			expect(maxTotalSat).toBeGreaterThanOrEqual(Number(parameters.maxPriceSat));
			expect(onError !== undefined || retryOnFail).toBe(true);
		}
	});
});
