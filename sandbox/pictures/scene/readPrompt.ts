import { SeededRandom } from '../seededRandom';

export type TimeOfDay = 'dawn' | 'day' | 'sunset' | 'night';
export type Land = 'mountains' | 'hills' | 'skyline' | 'sea' | 'desert' | 'forest' | 'space';
export type Subject =
	'balloon' | 'birds' | 'boat' | 'cat' | 'house' | 'lighthouse' | 'palm' | 'rocket' | 'windmill';

/** What is drawn: read from the prompt's words, and from its hash where they say nothing. */
export interface ScenePlan {
	readonly time: TimeOfDay;
	readonly land: Land;
	readonly water: boolean;
	readonly neon: boolean;
	readonly weather: 'clear' | 'snow' | 'rain';
	readonly subjects: readonly Subject[];
}

const times: readonly (readonly [TimeOfDay, RegExp])[] = [
	['night', /\b(night|midnight|moon|moonlit|stars?|starry|neon|dark|aurora|space|galaxy)\b/i],
	['sunset', /\b(sunset|dusk|evening|golden|orange|fire|autumn|fall)\b/i],
	['dawn', /\b(sunrise|dawn|morning|mist|misty|fog|pink|pastel|spring)\b/i],
	['day', /\b(day|noon|sunny|blue|green|summer|bright|snow\w*|winter)\b/i],
];

const lands: readonly (readonly [Land, RegExp])[] = [
	['space', /\b(space|galaxy|planets?|nebula|cosmos|astronaut|universe|mars)\b/i],
	[
		'skyline',
		/\b(city|cityscape|skyline|skyscrapers?|streets?|town|downtown|cyberpunk|buildings?)\b/i,
	],
	['desert', /\b(deserts?|dunes?|sahara|camels?|cactus)\b/i],
	['forest', /\b(forests?|woods?|trees?|pines?|jungle|cabin)\b/i],
	['mountains', /\b(mountains?|peaks?|alps?|alpine|volcano|cliffs?|everest)\b/i],
	['sea', /\b(sea|ocean|beach|island|waves?|coast|harbou?r|sail|lighthouse|boats?|ships?)\b/i],
	['hills', /\b(hills?|meadows?|fields?|farm|valley|village|countryside|flowers?|garden)\b/i],
];

const subjects: readonly (readonly [Subject, RegExp])[] = [
	['balloon', /\bballoons?\b/i],
	['birds', /\b(birds?|gulls?|seagulls?|eagles?|crows?|geese)\b/i],
	['boat', /\b(boats?|ships?|sail\w*|yachts?|harbou?r|pirates?)\b/i],
	['cat', /\b(cats?|kitten|kitty)\b/i],
	['house', /\b(house|cabin|cottage|home|barn|village|farm)\b/i],
	['lighthouse', /\blighthouses?\b/i],
	['palm', /\b(palms?|tropical|island|beach|hawaii)\b/i],
	['rocket', /\b(rockets?|spaceships?|launch|spacecraft|astronaut)\b/i],
	['windmill', /\b(windmills?|mill|holland|dutch)\b/i],
];

function firstMatch<T>(choices: readonly (readonly [T, RegExp])[], prompt: string): T | undefined {
	return choices.find(([, words]) => words.test(prompt))?.[0];
}

export function readPrompt(prompt: string): ScenePlan {
	const random = new SeededRandom(prompt);
	const anyTime = random.pick<TimeOfDay>(['dawn', 'day', 'sunset', 'sunset', 'night']);
	const anyLand = random.pick<Land>(['mountains', 'hills', 'skyline', 'sea', 'forest']);
	const anyWater = random.chance(0.7);
	const found = subjects.filter(([, words]) => words.test(prompt)).map(([subject]) => subject);
	const land = firstMatch(lands, prompt) ?? anyLand;
	const reflects = /\b(water|lake|river|reflect\w*|wet|pond|bay|rain\w*|sea|ocean)\b/i.test(prompt);
	const neon = /\b(neon|cyberpunk|futuristic|synthwave|vaporwave)\b/i.test(prompt);
	return {
		time:
			firstMatch(
				times.filter(([time]) => !(neon && time === 'night')),
				prompt,
			) ?? (neon ? 'night' : anyTime),
		land,
		water:
			land === 'sea' ||
			land === 'skyline' ||
			(land !== 'desert' && land !== 'space' && (reflects || anyWater)),
		neon,
		weather: /\b(snow|snowing|snowfall|snowstorm|blizzard|winter)\b/i.test(prompt)
			? 'snow'
			: /\b(rain\w*|storm\w*)\b/i.test(prompt)
				? 'rain'
				: 'clear',
		subjects:
			found.length > 0 || land === 'space'
				? found
				: land === 'skyline'
					? []
					: [random.pick<Subject>(['birds', 'birds', 'balloon'])],
	};
}
