import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { levelLooks } from './level-look.ts';
import type { LogsViewProps } from './view.tsx';

/**
 * A column for each service of a request, in the order in which they come in: one sees it go from one to the other.
 *
 *     concie… berths  manife… fares
 *             ✗
 *     ◆       │
 *     ✗               │
 *                     ◆
 */
export type Lanes = {
	readonly services: readonly string[];
	/** Columns of each, with the space behind it. */
	readonly each: number;
	readonly width: number;
};

const narrowest = 4;
const most = 12;

/** The lanes in a list of this width; `undefined` where there is no room for them, or nobody to tell apart. */
export function lanesFor(width: number, records: readonly LogRecord[], props: LogsViewProps): Lanes | undefined {
	if (width < 120 || !isRequestPlace(props.place)) return undefined;
	const silent = lastValueOf(props.findings.missing)?.services.flatMap(({ service, spans }) =>
		spans > 0 ? [service] : [],
	);
	const spoken = [...stretchesOf(records).keys()];
	const services = [...spoken, ...(silent ?? [])].slice(0, most);
	if (spoken.length > most || services.length < 2) return undefined;
	const longest = Math.max(...services.map(({ length }) => length));
	const each = Math.min(longest + 1, Math.max(narrowest, Math.floor((width * 0.35) / services.length)));
	return { services, each, width: each * services.length };
}

type Stretch = { readonly first: number; last: number };

const stretches = new WeakMap<readonly LogRecord[], ReadonlyMap<string, Stretch>>();

/** From which line of a service to which it takes part. */
function stretchesOf(records: readonly LogRecord[]): ReadonlyMap<string, Stretch> {
	const known = stretches.get(records);
	if (known !== undefined) return known;
	const found = new Map<string, Stretch>();
	records.forEach(({ service }, index) => {
		const stretch = found.get(service);
		if (stretch === undefined) found.set(service, { first: index, last: index });
		else stretch.last = index;
	});
	stretches.set(records, found);
	return found;
}

/** The first letters of each service. */
export function paintLaneNames(surface: Surface, x: number, lanes: Lanes, { theme }: LogsViewProps): void {
	lanes.services.forEach((service, lane) => {
		const name = fit(sanitize(service), lanes.each - 1, { ellipsis: '' });
		surface.put(x + lane * lanes.each, 0, name, theme.serviceStyle(service));
	});
}

/** Where the line of this row stands, and who else is in the middle of its lines. */
export function paintLanes(
	surface: Surface,
	{ x, y, index }: { readonly x: number; readonly y: number; readonly index: number },
	lanes: Lanes,
	records: readonly LogRecord[],
	{ theme }: LogsViewProps,
): void {
	const record = records[index];
	const spans = stretchesOf(records);
	lanes.services.forEach((service, lane) => {
		const column = x + lane * lanes.each;
		const stretch = spans.get(service);
		if (record?.service === service) {
			const { glyph = 'exemplar', role } = levelLooks[record.level];
			const isPlain = role === 'dim';
			const style = isPlain ? theme.serviceStyle(service) : theme.style(role);
			surface.put(column, y, theme.glyph(isPlain ? 'exemplar' : glyph), style);
		} else if (stretch !== undefined && stretch.first < index && index < stretch.last) {
			surface.put(column, y, theme.glyph('vertical'), theme.style('dim'));
		}
	});
}
