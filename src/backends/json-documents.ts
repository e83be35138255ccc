import { finished, isTurn, type Steps } from '../model/steps.ts';

/**
 * The JSON documents of a text, as text: one, or several in a row with or without line breaks between them, as collectors
 * write files and gRPC gateways stream. Whatever stands outside of objects and arrays is a document of its own, so that it
 * fails to parse and is not lost in silence.
 *
 *     {"result":{…}}{"result":{…}}   two documents
 *     {"resourceSpans":[…]}          one on each line
 *     {"resourceSpans":[…]}
 */
export const jsonDocumentsIn = (text: string): readonly string[] => finished(jsonDocumentSteps(text));

/** The same in steps. */
export function* jsonDocumentSteps(text: string): Steps<readonly string[]> {
	const documents: string[] = [];
	let depth = 0;
	let begin = 0;
	let inString = false;
	let marks = 0;
	const cut = (end: number) => {
		const document = text.slice(begin, end).trim();
		if (document !== '') documents.push(document);
		begin = end;
	};
	for (const { 0: mark, index } of text.matchAll(inOrOut)) {
		if (isTurn(marks++)) yield;
		if (mark === '"') inString = !inString;
		else if (inString || mark.startsWith('\\')) continue;
		else if (mark === '{' || mark === '[') {
			if (depth === 0) cut(index);
			depth++;
		} else {
			depth = Math.max(0, depth - 1);
			if (depth === 0) cut(index + 1);
		}
	}
	cut(text.length);
	return documents;
}

/** Quotes, brackets, and escapes so that an escaped quote is none. */
const inOrOut = /\\.|["{}[\]]/gs;
