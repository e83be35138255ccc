import { formatNanoseconds, formatShare } from '../../analysis/format.ts';
import { inWords } from '../../analysis/span-words.ts';
import { traceFlawsOf } from '../../analysis/trace-flaws.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import { traceRemarksOf } from '../../analysis/trace-remarks.ts';
import { noTraceFindings, type TraceFindings } from '../../investigation/trace-findings.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { TracePlace } from '../../model/place.ts';
import type { Attributes, AttributeValue, Span } from '../../model/trace.ts';
import { flamePictureOf } from '../../screens/trace/picture.ts';
import { initialState, lookAt } from '../../screens/trace/state.ts';
import { createGrid, textOf } from '../../terminal/grid.ts';
import { surfaceOf } from '../../terminal/grid-surface.ts';
import { paintFlame } from '../../widgets/flame.ts';
import { type Block, paragraph, table, verbatim } from './document.ts';
import { type Json, nanosecondsJson, secondsJson, withoutUnseen } from './json.ts';
import { ladderBlocks } from './ladder.ts';
import type { Printer, Printing } from './printer.ts';
import { otlpJson } from './trace-otlp.ts';
import { traceSvg } from './trace-svg.ts';

type TracePrinting = Printing<TracePlace, TraceFindings>;

/** More rows than this are cut: a print is read, not scrolled. */
const mostRows = 120;
const mostOperations = 8;

function blocksOf(printing: TracePrinting): readonly Block[] {
	const found = lastValueOf(printing.findings.trace);
	if (found === undefined) return [];
	if (!found.found)
		return [
			paragraph(`Trace ${found.id} is not in ${found.store}. Looked in ${found.tried.join(', then in ')}.`),
			...found.reasons.map(paragraph),
			...ladderBlocks(printing.findings.ladder),
		];
	return [
		paragraph(`${found.spent.sentence}.`),
		verbatim(flameLines(printing)),
		...warningsOf(printing).map(paragraph),
		...flawBlocks(found),
		spentTable(found),
		...furtherOperations(found),
		...traceRemarksOf(found).map(({ text }) => paragraph(`${text}.`)),
	];
}

/** The flame graph as text, as the screen draws it, without a selection. */
function flameLines({ place, findings, width, theme }: TracePrinting): readonly string[] {
	const look = lookAt({ findings, state: initialState(), place });
	if (look === undefined) return [];
	const rows = Math.min(mostRows, look.view.height);
	const grid = createGrid(width, rows + 1 + (rows < look.view.height ? 1 : 0));
	const picture = flamePictureOf(look, { width, rows, top: 0 });
	const plain = picture.rows.map(row => ({ ...row, bars: row.bars.map(bar => ({ ...bar, selected: false })) }));
	paintFlame(surfaceOf(grid), { ...picture, rows: plain }, theme);
	return textOf(grid);
}

/** What must be known of the answer, and is not that a part of it is missing: that goes to stderr. */
const warningsOf = ({ findings }: TracePrinting): readonly string[] =>
	(lastOf(findings.trace)?.notes ?? []).filter(({ kind }) => kind === 'warning').map(({ text }) => text);

const flawBlocks = ({ tree }: TraceReading): readonly Block[] => traceFlawsOf(tree).map(paragraph);

function spentTable({ spent }: TraceReading): Block {
	const shareOf = (part: number) => formatShare(spent.total === 0 ? Number.NaN : part / spent.total);
	return table(
		[
			{ title: 'where the time went' },
			{ title: 'critical path', align: 'right' },
			{ title: 'self time', align: 'right' },
			{ title: 'spans', align: 'right' },
			{ title: 'errors', align: 'right' },
		],
		spent.byOperation
			.slice(0, mostOperations)
			.map(({ service, operation = '', critical, self, count, errors }) => [
				inWords(`${service} ${operation}`),
				shareOf(critical),
				formatNanoseconds(BigInt(Math.round(self))),
				String(count),
				String(errors),
			]),
	);
}

function furtherOperations({ spent: { byOperation } }: TraceReading): readonly Block[] {
	const further = byOperation.length - mostOperations;
	return further <= 0
		? []
		: [paragraph(`${further} more ${further === 1 ? 'operation is' : 'operations are'} left out; -o json has all.`)];
}

const attributesJson = (attributes: Attributes): Json =>
	Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeJson(value)]));

/** JSON has neither NaN nor infinities: they are written as OTLP sends them, as text. */
function attributeJson(value: AttributeValue): Json {
	if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
	if (typeof value !== 'object' || value === null) return value;
	return isList(value) ? value.map(attributeJson) : attributesJson(value);
}

const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);

function spanJson(span: Span): Json {
	return {
		spanId: span.id,
		parentSpanId: span.parentId,
		service: span.service,
		name: span.name,
		kind: span.kind,
		start: nanosecondsJson(span.start),
		durationSeconds: secondsJson(span.end - span.start),
		status: span.status,
		statusMessage: span.statusMessage === '' ? undefined : span.statusMessage,
		attributes: attributesJson(span.attributes),
		resource: attributesJson(span.resource),
		events: span.events.map(({ name, at, attributes }) => ({
			name,
			time: nanosecondsJson(at),
			attributes: attributesJson(attributes),
		})),
		links: span.links.map(({ traceId, spanId, attributes }) => ({
			traceId,
			spanId,
			attributes: attributesJson(attributes),
		})),
	};
}

export const tracePrinter: Printer<TracePlace, TraceFindings> = {
	nothing: noTraceFindings,
	main: () => 'trace',
	blocks: blocksOf,
	json: printing => {
		const found = lastValueOf(printing.findings.trace);
		if (found === undefined) return {};
		if (!found.found) return { found: false, traceId: found.id, tried: found.tried, reasons: found.reasons };
		const { spent, culprit } = found;
		return {
			found: true,
			traceId: found.id,
			services: found.services,
			errors: found.errors,
			durationSeconds: spent.total / 1e9,
			verdict: spent.sentence,
			culpritSpanId: culprit?.span.id,
			remarks: traceRemarksOf(found).map(({ kind, text, key }) => ({ kind, text, spanId: key })),
			warnings: warningsOf(printing),
			byOperation: spent.byOperation.map(({ service, operation, self, critical, count, errors }) => ({
				service,
				operation,
				selfSeconds: self / 1e9,
				criticalPathSeconds: critical / 1e9,
				count,
				errors,
			})),
			spans: found.spans.map(spanJson),
		};
	},
	only: (format, { findings }) => {
		const found = lastValueOf(findings.trace);
		if (found?.found !== true) return undefined;
		return format === 'svg' ? traceSvg(found) : `${withoutUnseen(JSON.stringify(otlpJson(found)))}\n`;
	},
};
