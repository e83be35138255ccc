import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import { traceSvg } from '../../../src/cli/print/trace-svg.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { anyTrace } from '../../helpers/any-trace.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';

const svgOf = (trace: Trace): string => traceSvg(traceReadingOf(trace));

/** Tags closed in the order in which they were opened, attributes in quotes, no `<` or `&` that is none of markup. */
function isWellFormed(xml: string): boolean {
	const open: string[] = [];
	const rest = xml.replaceAll(
		/<(\/?)(\w+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
		(_, end: string, name: string, __, empty: string) => {
			if (end !== '') return open.pop() === name ? '' : '<';
			if (empty === '') open.push(name);
			return '';
		},
	);
	return open.length === 0 && !/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest);
}

const textsOf = (svg: string): readonly string[] =>
	[...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');

const failing = traceFromText(`
	edge POST /checkout      :==========================================!
	  basket SELECT basket   :  ====
	  billing POST /charge   :        ==================================!
`);

describe('a picture', () => {
	test('names every span, says where the time went, and has text that is text', () => {
		const svg = svgOf(failing);
		expect(isWellFormed(svg)).toBe(true);
		const texts = textsOf(svg);
		expect(texts).toContain(`trace ${failing.id}`);
		expect(texts).toContain('! edge POST /checkout  420 ms');
		expect(texts).toContain('! billing POST /charge  340 ms');
		expect(texts.slice(-5)).toEqual(['edge', 'basket', 'billing', 'on the critical path', 'failed, labelled !']);
		expect(texts[1]).toBe(`${traceReadingOf(failing).spent.sentence}.`);
		expect(svg).toMatch(/<title>basket SELECT basket; 40 ms, self 40 ms, on the critical path 40 ms<\/title>/);
		// The third explains them.
		expect(svg.match(/stroke="#c1121f"/g)).toHaveLength(3);
	});

	test('has a sentence that fits it, whatever the names', () => {
		const svg = svgOf(traceFromText(`edge ${'checkout'.repeat(100)} :===`));
		const [, sentence = ''] = textsOf(svg);
		expect(sentence).toMatch(/^100 % of 30 ms is self time of edge checkoutcheckout.*…$/);
		expect(sentence.length).toBeLessThanOrEqual(162);
	});

	test('names a run of like spans once, with its sum', () => {
		const calls = Array.from({ length: 12 }, (_, at) => `  berths SELECT seats {client} :${' '.repeat(3 * at)}==`).join(
			'\n',
		);
		const svg = svgOf(traceFromText(`\n${'edge GET /'.padEnd(22)}:${'='.repeat(36)}\n${calls}\n`));
		expect(textsOf(svg)).toContain('berths SELECT seats ×12  sum 240 ms  max 20 ms  N+1');
		expect(svg).toContain('<title>N+1: 12 × berths SELECT seats, one after the other, 240 ms; sum 240 ms');
	});

	test('names a short span behind its bar, and says of a clock that is off', () => {
		const svg = svgOf(
			traceFromText(`
				edge GET /     :   ==========================================
				  late GET /   : =
			`),
		);
		expect(textsOf(svg)).toContain('late GET /  10 ms skewed');
		expect(svg).toContain(
			'late GET /; 10 ms, self 10 ms, on the critical path 0 ms; clock skew: 20 ms before its parent',
		);
	});

	test('has a mark alone for a failure without room for a name, and no letters of one', () => {
		const bars = Array.from({ length: 30 }, (_, at) => `  s${at} op${at} :${' '.repeat(2 * at)}==!`).join('\n');
		const texts = textsOf(svgOf(traceFromText(`\nedge GET / :${'='.repeat(60)}\n${bars}\n`)));
		expect(texts.filter(text => /^!?.{0,3}…$/.test(text))).toEqual([]);
		expect(texts.filter(text => text.startsWith('!'))).toHaveLength(30);
	});

	test('cuts no escape sequence in two', () => {
		const spans = failing.spans.map(span => ({ ...span, name: '\u001b[31mred\u001b[0m'.repeat(60) }));
		expect(textsOf(svgOf({ ...failing, spans })).filter(text => /\[\d/.test(text))).toEqual([]);
	});

	test('needs nothing from anywhere, and runs nothing', () => {
		expect(svgOf(failing)).not.toMatch(/<script|<foreignObject|<image|<use|<style|\bon\w+=|href|url\(|@import/i);
		expect([...svgOf(failing).matchAll(/https?:[^"]*/g)].map(([url]) => url)).toEqual(['http://www.w3.org/2000/svg']);
	});

	test.each([
		['</text><script>alert(1)</script>', '&lt;script&gt;'],
		['a" onload="x', '&quot; onload=&quot;x'],
		['R&D <b>', 'R&amp;D &lt;b&gt;'],
		["o'clock", 'o&#39;clock'],
	])('a name such as %j is text', (name, written) => {
		const spans = failing.spans.map(span => ({ ...span, name, service: name }));
		const svg = svgOf({ ...failing, spans });
		expect(isWellFormed(svg)).toBe(true);
		expect(svg).toContain(written);
	});

	test('holds no character that XML may not hold or a terminal would obey', () => {
		const spans = failing.spans.map(span => ({ ...span, name: '\u001b[31mred\u0000\ufffe\ud800 \u0085' }));
		const forbidden = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
		expect(forbidden.test(svgOf({ ...failing, spans }))).toBe(false);
	});

	test('a secret in a name is masked before', () => {
		const spans = failing.spans.map(span => ({ ...span, name: 'GET /a?access_token=sesame-opens-0815' }));
		expect(svgOf({ ...failing, spans })).not.toContain('sesame');
	});

	test('any trace gives one whose bars of a row do not overlap', () => {
		fc.assert(
			fc.property(anyTrace, trace => {
				const svg = svgOf(trace);
				expect(isWellFormed(svg)).toBe(true);
				expect(svg).not.toMatch(/NaN|Infinity|undefined/);
				const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="16"/g)].map(
					([, x, y, width]) => ({ x: Number(x), y: Number(y), end: Number(x) + Number(width) }),
				);
				for (const [index, bar] of bars.entries()) {
					const before = bars[index - 1];
					if (before?.y === bar.y) expect(before.end).toBeLessThanOrEqual(bar.x);
				}
			}),
		);
	});
});

test('more rows than a picture holds are counted', () => {
	const [root] = failing.spans;
	const spans = Array.from({ length: 600 }, (_, at) =>
		root === undefined ? [] : [{ ...root, id: `s${at}`, ...(at === 0 ? {} : { parentId: `s${at - 1}` }) }],
	).flat();
	const svg = svgOf({ id: 'ab', spans });
	expect(svg).toContain('200 more rows are left out.');
	expect(svg.match(/height="16"/g)).toHaveLength(400);
});
