import type { Secret } from '../profiles/profile.ts';
import { absolutePath } from '../profiles/secret-options.ts';

/**
 * Grafana's references in provisioning files: `$NAME`, `${NAME}`, `$$` for a dollar, and `$__env{NAME}` and `$__file{PATH}`
 * (https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables, and variable expansion
 * at https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#variable-expansion).
 */
const references = /\$\$|\$__env\{(\w+)\}|\$__file\{([^}]+)\}|\$\{(\w+)\}|\$([A-Za-z_]\w*)/g;

export type Variables = {
	readonly env: NodeJS.ProcessEnv;
	/** Called for a name that is not set, or a file, of which only a secret can be made. */
	readonly missing: (name: string) => void;
};

/** A text with what its references stand for; those that are not set stand for nothing, as for Grafana. */
export const expanded = (text: string, { env, missing }: Variables): string =>
	text.replace(references, (all, inEnv?: string, path?: string, inBraces?: string, bare?: string) => {
		if (all === '$$') return '$';
		const name = inEnv ?? inBraces ?? bare ?? '';
		const value = path === undefined ? env[name] : undefined;
		if (value === undefined) missing(path ?? name);
		return value ?? '';
	});

/** The same for all texts within a value. */
export function expandedWithin(value: unknown, variables: Variables): unknown {
	if (typeof value === 'string') return expanded(value, variables);
	if (Array.isArray(value)) return value.map(each => expandedWithin(each, variables));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expandedWithin(each, variables)]));
}

/** A secret that is one reference stays one; of others, the text as it is now; `undefined` for an empty one. */
export function secretIn(text: string, variables: Variables): Secret | undefined {
	const [all, inEnv, path, inBraces, bare] = new RegExp(`^(?:${references.source})$`).exec(text.trim()) ?? [];
	if (all !== undefined && all !== '$$') {
		if (path !== undefined) return { file: absolutePath(path) };
		return { env: inEnv ?? inBraces ?? bare ?? '' };
	}
	return expanded(text, variables) || undefined;
}
