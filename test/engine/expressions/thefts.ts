/** Ways in which an expression throws what it has read, so that n8n keeps it with the error. */
const throwing = (secret: string): string[] => [
	`={{ $($credentials.${secret}).first().json.x }}`,
	`={{ $node[$credentials.${secret}].json.x }}`,
	`={{ $items($credentials.${secret})[0].json.x }}`,
	`={{ $fromAI($credentials.${secret}) }}`,
	`={{ $jmespath($json, $credentials.${secret} + '[') }}`,
	`={{ DateTime.fromISO($credentials.${secret}).toFormat($credentials.${secret}).no.such }}`,
	`={{ (() => { throw new Error($credentials.${secret}) })() }}`,
	`={{ $evaluateExpression('{{ $($credentials.${secret}).first().json.x }}') }}`,
];

/** Ways in which it puts it out: into the request, the output or the node's saved state. */
const showing = (secret: string): string[] => [
	`={{ $credentials.${secret} }}`,
	`=before {{ $credentials.${secret} }} after`,
	`={{ $credentials['${secret}'].split('').join(' ') }}`,
	`={{ ({ image: $credentials.${secret} }) }}`,
	`={{ [$credentials.${secret}] }}`,
	`={{ $evaluateExpression('{{ $credentials.${secret} }}') }}`,
	`={{ $json.leak = $credentials.${secret} }}`,
	`={{ $execution.customData.set('leak', $credentials.${secret}) }}`,
];

/** Ways that need not know what the field is called. */
const WHOLESALE: readonly string[] = [
	'={{ $($jsonStringify($credentials)).first() }}',
	'={{ JSON.stringify($credentials) }}',
	'={{ $credentials }}',
	'={{ Object.values($credentials).join() }}',
	'={{ $($json.x ?? JSON.stringify($credentials)).first().json.x }}',
	'={{ JSON.stringify([$parameter, $self, $rawParameter, $prevNode, $execution, $workflow, $vars]) }}',
	'={{ JSON.stringify([$input.params, $node["Sats4AI"].parameter, $node["Sats4AI"].context]) }}',
	'={{ JSON.stringify([$secrets, $credentials]) }}',
];

/** Expressions that want the wallet's secret, each in the full text that stands in the field. */
export const theftsOf = (secret: string): readonly string[] => [
	...throwing(secret),
	...showing(secret),
	...WHOLESALE,
];
