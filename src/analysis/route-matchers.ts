import { equals, type Matcher, matches } from '../model/labels.ts';
import { plainName } from './label-roles.ts';
import { escapeRegex } from './string-literal.ts';

/** The matchers that keep to one route, if there is one and a label tells routes apart. */
export function routeMatchers(route: string | undefined, label: string | undefined): readonly Matcher[] {
	if (route === undefined || label === undefined) return [];
	return [isPathInSpanName(route, label) ? matches(label, spanNamesOf(route)) : equals(label, route)];
}

/** A span of an HTTP server is named `{method} {route}`; a place that came from other metrics knows the route alone. */
const isPathInSpanName = (route: string, label: string): boolean =>
	plainName(label) === 'span_name' && route.startsWith('/');

const spanNamesOf = (path: string): string => `([A-Z]+ )?${escapeRegex(path)}`;
