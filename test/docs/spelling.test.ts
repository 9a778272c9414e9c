import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Stems that American English writes otherwise. `CANCELLED` is an error code of the interface, and fixed. */
const BRITISH = [
	...[
		'armour',
		'behaviour',
		'colour',
		'favour',
		'flavour',
		'harbour',
		'honour',
		'humour',
		'labour',
	],
	...['neighbour', 'rumour', 'vapour', 'grey(?!lock)', 'licence', 'defence', 'offence', 'pretence'],
	...[
		'catalogue',
		'dialogue',
		'programme(?![dr])',
		'cheque',
		'centre',
		'fibre',
		'theatre',
		'artefact',
	],
	...[
		'afterwards',
		'towards',
		'whilst',
		'amongst',
		'learnt',
		'judgement',
		'fulfil(?!l)',
		'enrol(?!l)',
	],
	...[
		'labelled',
		'labelling',
		'modelled',
		'modelling',
		'signalled',
		'signalling',
		'travell',
		'ageing',
	],
	...[
		'practise',
		'sceptic',
		'aluminium',
		'analyse',
		'paralyse',
		'catalyse',
		'manoeuvre',
		'skilful',
	],
	'(?:author|capital|categor|character|custom|emphas|final|general|initial|item|material|maxim|memor|minim)is(?:e|ed|es|ing|ation)\\b',
	'(?:memor|normal|optim|organ|penal|prior|random|real|recogn|serial|special|stabil|standard|summar|synchron|token|util|visual)is(?:e|ed|es|ing|ation)\\b',
].map((stem) => new RegExp(`(?:${stem})\\w*`, 'i'));

/** Whose words are not ours: lockfiles, licenses, vectors of others, the words that people search by, this list. */
const NOT_OURS =
	/package-lock\.json$|^LICENSE$|^test\/(?:wallets\/)?vectors\/|^nodes\/Sats4Ai\/Sats4Ai\.node\.json$|^test\/docs\/spelling\.test\.ts$|\.(?:png|jpg)$/;

function trackedFiles(): string[] {
	const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
	return list.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

it('spells as Americans do, in what users read and in the code', () => {
	const files = trackedFiles().filter((file) => !NOT_OURS.test(file));
	expect(files.length).toBeGreaterThan(300);
	const found = files.flatMap((file) =>
		[file, ...readFileSync(join(root, file), 'utf8').split('\n')].flatMap((line, index) =>
			BRITISH.flatMap((stem) => stem.exec(line)?.[0] ?? []).map(
				(word) => `${file}:${index}: ${word}`,
			),
		),
	);
	expect(found).toEqual([]);
});

it('would notice what is spelled otherwise', () => {
	for (const word of ['greyscale', 'Neighbours', 'recognised', 'LICENCE', 'fulfils']) {
		expect([word, BRITISH.some((stem) => stem.test(word))]).toEqual([word, true]);
	}
	for (const word of ['fulfilled', 'programmer', 'promise', 'color', 'licensed']) {
		expect([word, BRITISH.some((stem) => stem.test(word))]).toEqual([word, false]);
	}
});
