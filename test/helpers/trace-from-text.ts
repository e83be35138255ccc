import type { Span, SpanKind, Trace } from '../../src/model/trace.ts';

/**
 * A trace drawn as a timeline, one span a line. The indent tells the parent, the first word the service, braces the
 * rest; each column of the drawing is `unit` nanoseconds long, `!` after the bar marks a failed span, and a span
 * without length is a `|`:
 *
 *     gateway POST /checkout {server}   :====================!
 *       orders POST /orders {server}    :  ==================
 *         orders enqueue {id=b parent=x}:         |
 *
 * IDs count lines from 1, as 16 hex digits; `id=` and `parent=` take the same short form (`parent=none` for a root).
 * `follows` marks what only follows from its parent.
 */
export function traceFromText(text: string, unit = 10_000_000n): Trace {
	const above: { readonly indent: number; readonly id: string }[] = [];
	const spans = text
		.split('\n')
		.filter(line => line.includes(':'))
		.map((line, index): Span => {
			const { indent, service, name, options, from, length, failed } = readLine(line);
			while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
			const id = spanId(options.get('id') ?? String(index + 1));
			const parent = options.get('parent') ?? above.at(-1)?.id;
			above.push({ indent, id });
			const start = epoch + BigInt(from) * unit;
			return {
				id,
				...(parent === undefined || parent === 'none' ? {} : { parentId: spanId(parent) }),
				service,
				name,
				kind: kindOf(options),
				start,
				end: start + BigInt(length) * unit,
				status: failed ? 'error' : 'unset',
				statusMessage: options.get('message') ?? '',
				attributes: options.has('follows') ? { 'opentracing.ref_type': 'follows_from' } : {},
				resource: {},
				events: [],
				links: [],
			};
		});
	return { id: '73c80000000000000000000000000001', spans };
}

/** 2026-11-22 03:11:00 UTC. */
export const epoch = 1_795_317_060_000_000_000n;

export const spanId = (short: string): string => short.padStart(16, '0');

/** The drawing of a trace: the pair of `traceFromText`. Spans in their order, indented below the parent before them. */
export function textFromTrace(trace: Trace, unit = 10_000_000n): string {
	const indents = new Map<string, number>();
	const labels = trace.spans.map((span, index) => {
		const indent = span.parentId === undefined ? 0 : (indents.get(span.parentId) ?? -2) + 2;
		indents.set(span.id, indent);
		const isOrphan = span.parentId !== undefined && !trace.spans.some(({ id }) => id === span.parentId);
		const options = [
			...(span.kind === 'internal' ? [] : [span.kind]),
			...(span.id === spanId(String(index + 1)) ? [] : [`id=${short(span.id)}`]),
			...(isOrphan ? [`parent=${short(span.parentId ?? '')}`] : []),
			...(span.statusMessage === '' ? [] : [`message=${span.statusMessage}`]),
		];
		return `${' '.repeat(indent)}${span.service} ${span.name}${options.length > 0 ? ` {${options.join(' ')}}` : ''}`;
	});
	const width = Math.max(...labels.map(({ length }) => length));
	return trace.spans
		.map((span, index) => {
			const length = Number((span.end - span.start) / unit);
			const bar = length === 0 ? '|' : '='.repeat(length);
			const drawn = ' '.repeat(Number((span.start - epoch) / unit)) + bar + (span.status === 'error' ? '!' : '');
			return `${(labels[index] ?? '').padEnd(width)} :${drawn}`;
		})
		.join('\n');
}

const short = (id: string): string => id.replace(/^0+/, '');

const kinds: readonly SpanKind[] = ['server', 'client', 'producer', 'consumer', 'unspecified'];
const kindOf = (options: ReadonlyMap<string, string>): SpanKind => kinds.find(kind => options.has(kind)) ?? 'internal';

function readLine(line: string) {
	const [, indent = '', label = '', braces = '', drawing = ''] =
		/^(\s*)([^{]*?)\s*(?:\{([^}]*)\})?\s*:([ =|!]*)$/.exec(line) ?? [];
	const [service = '', ...words] = label.split(' ');
	if (service === '' || !/[=|]/.test(drawing)) throw new Error(`No span is drawn in “${line}”`);
	const options = new Map(
		braces
			.split(/ (?=(?:id|parent|message)=|(?:server|client|producer|consumer|unspecified|follows)\b)/)
			.filter(Boolean)
			.map(option => {
				const [name = '', ...value] = option.split('=');
				return [name, value.join('=')] as const;
			}),
	);
	return {
		indent: indent.replaceAll('\t', '').length,
		service,
		name: words.join(' '),
		options,
		from: drawing.search(/[=|]/),
		length: drawing.replaceAll(/[^=]/g, '').length,
		failed: drawing.includes('!'),
	};
}
