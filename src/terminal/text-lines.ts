import type { DOMElement } from 'ink';
import { sanitizeLines } from './sanitize.ts';
import { runsOf } from './sgr.ts';
import { widthOf } from './width.ts';
import { ansiOf, cutGlyphs, parseGlyphs, wrapGlyphs } from './wrap.ts';

/**
 * The lines of an `ink-text` element as they go to the screen: its texts joined, wrapped or cut to the width that Yoga
 * gave it, and passed through its transform. Text is sanitised where it enters, so that the only sequences in a line
 * are SGR and come from transforms.
 */
export function textLinesOf(node: DOMElement, columns: number): readonly string[] {
	const text = joinedText(node);
	if (text === '') return [];
	const mode = node.style.textWrap ?? 'wrap';
	const lines = text.split('\n').flatMap(line => fitLine(line, columns, mode));
	const transform = node.internal_transform;
	return transform === undefined ? lines : lines.map((line, index) => transform(line, index));
}

function joinedText(node: DOMElement): string {
	return node.childNodes
		.map((child, index) => {
			if (child.nodeName === '#text') return sanitizeLines(child.nodeValue).join('\n');
			const text = joinedText(child);
			return text === '' ? '' : (child.internal_transform?.(text, index) ?? text);
		})
		.join('');
}

function fitLine(line: string, columns: number, mode: string): readonly string[] {
	if (styledWidth(line) <= columns) return [line];
	const glyphs = parseGlyphs(line);
	if (mode === 'wrap') return wrapGlyphs(glyphs, columns).map(ansiOf);
	return [ansiOf(cutGlyphs(glyphs, columns, losesOf(mode)))];
}

const losesOf = (mode: string): 'start' | 'middle' | 'end' =>
	mode === 'truncate-start' ? 'start' : mode === 'truncate-middle' || mode === 'middle' ? 'middle' : 'end';

const styledWidth = (line: string): number => runsOf(line).reduce((sum, { text }) => sum + widthOf(text), 0);
