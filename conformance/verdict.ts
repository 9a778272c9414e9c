/** What the books say after a scene. */
export interface Evidence {
	/** How often money has left the wallet. */
	readonly settlements: number;
	/** Whether what was bought is where it was to be written. */
	readonly hasResult: boolean;
	/** Whether what the scene is about has happened. */
	readonly hasStruck: boolean;
	/** Whether the client has said what finishes every paid purchase by hand: its token. */
	readonly canBeFinished: boolean;
}

export type Verdict = 'safe' | 'paid twice' | 'lost' | 'not exercised';

/** What a client says of itself counts for nothing, except where it hands over the token. */
export function judge(evidence: Evidence): Verdict {
	if (evidence.settlements > 1) return 'paid twice';
	if (evidence.settlements === 1 && !evidence.hasResult && !evidence.canBeFinished) return 'lost';
	return evidence.settlements === 1 && evidence.hasStruck ? 'safe' : 'not exercised';
}
