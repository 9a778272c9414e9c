import type { Sandbox } from '../sandbox/startSandbox';

/**
 * Plans one fault for each way that money and pictures take. Every one of them has cost some client
 * a second payment, or the picture. Returns what will happen, in order.
 */
export function planTrouble(faults: Sandbox['faults']): readonly string[] {
	faults.push({ at: 'ask', fault: { kind: 'status', status: 503 } });
	faults.push({ at: 'pay', fault: { kind: 'cutAfter' } });
	faults.push({ at: 'redeem', fault: { kind: 'status', status: 503 }, times: 2 });
	faults.push({ at: 'pay', fault: { kind: 'pending', lookups: 2 } });
	faults.push({ at: 'link', fault: { kind: 'cut' } });
	return [
		'the service is down when it is first asked for a price',
		'the wallet makes the first payment, and its connection breaks before it can say so',
		'the service fails twice to deliver the first picture, although it is paid',
		'the wallet leaves the second payment pending for a while',
		'the connection breaks while the first picture is fetched from its link',
	];
}
