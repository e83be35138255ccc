/**
 * The rule's expression in an alert's generator URL, which is never fetched. Prometheus and Thanos have it in
 * `/graph?g0.expr=`, vmui behind a `#`; rulers that link to Grafana's Explore (Loki's and Mimir's, vmalert with
 * `-external.alert.source`) in the JSON of `left` or `panes`. `undefined` where the link only names the rule.
 */
export function expressionInLink(generatorUrl: string): string | undefined {
	const query = generatorUrl.slice(generatorUrl.indexOf('?', generatorUrl.indexOf('#') + 1) + 1);
	const parameters = new URLSearchParams(query);
	return (
		filled(parameters.get('g0.expr')) ??
		filled(parameters.get('expr')) ??
		expressionInState(parameters.get('left')) ??
		expressionInState(parameters.get('panes'))
	);
}

const filled = (text: string | null): string | undefined => (text === null || text === '' ? undefined : text);

function expressionInState(json: string | null): string | undefined {
	if (json === null) return undefined;
	try {
		return firstExpression(JSON.parse(json), 0);
	} catch {
		return undefined;
	}
}

/** Explore's state holds its queries four levels deep; more is something else. */
const deepestState = 8;

function firstExpression(state: unknown, depth: number): string | undefined {
	if (typeof state !== 'object' || state === null || depth > deepestState) return undefined;
	if ('expr' in state && typeof state.expr === 'string') return filled(state.expr);
	for (const inner of Object.values(state)) {
		const found = firstExpression(inner, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}
