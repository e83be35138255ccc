/** A line that is being typed. `cursor` counts UTF-16 units and never stands inside a surrogate pair. */
export type TextField = { readonly text: string; readonly cursor: number };

const longestText = 4000;

/** What a key does to the line; `undefined` when it is not a key of a text field. */
export function edited(field: TextField, key: string, typed: string | undefined): TextField | undefined {
	const { text, cursor } = field;
	const before = text.slice(0, cursor);
	const after = text.slice(cursor);
	switch (key) {
		case 'left':
		case 'ctrl+b':
			return { text, cursor: before.length - lastCharacter(before).length };
		case 'right':
		case 'ctrl+f':
			return { text, cursor: cursor + firstCharacter(after).length };
		case 'home':
		case 'ctrl+a':
			return { text, cursor: 0 };
		case 'end':
		case 'ctrl+e':
			return { text, cursor: text.length };
		case 'backspace':
		case 'ctrl+h': {
			const kept = before.slice(0, before.length - lastCharacter(before).length);
			return { text: kept + after, cursor: kept.length };
		}
		case 'delete':
			return { text: before + after.slice(firstCharacter(after).length), cursor };
		case 'ctrl+u':
			return { text: after, cursor: 0 };
		case 'ctrl+k':
			return { text: before, cursor };
		case 'ctrl+w': {
			const kept = before.replace(/\S+\s*$/, '');
			return { text: kept + after, cursor: kept.length };
		}
		default:
			return typed === undefined || typed === '' ? undefined : inserted(field, typed);
	}
}

/** Typed or pasted text at the cursor; line breaks and tabs become spaces. */
export function inserted({ text, cursor }: TextField, typed: string): TextField {
	const room = Math.max(0, longestText - text.length);
	const clean = wholeStart(typed.replaceAll(/[\r\n\t]+/g, ' '), room);
	return { text: text.slice(0, cursor) + clean + text.slice(cursor), cursor: cursor + clean.length };
}

/** At most so many units, without half of a surrogate pair at the end. */
const wholeStart = (text: string, units: number): string => text.slice(0, units).replace(/[\ud800-\udbff]$/, '');

const firstCharacter = (text: string): string => text[Symbol.iterator]().next().value ?? '';
const lastCharacter = (text: string): string => [...text.slice(-2)].at(-1) ?? '';
