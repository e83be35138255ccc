/**
 * One key press. Names: `j`, `J`, `enter`, `escape`, `tab`, `shift+tab`, `space`, `backspace`, `delete`, `up`,
 * `pagedown`, `home`, `f5`, `ctrl+d`, `alt+x`, `ctrl+shift+left`. `text` is what the key types, if it types anything.
 */
export type Key = { readonly type: 'key'; readonly name: string; readonly text?: string };

/** Modifier bits, as xterm and kitty encode them (a parameter is their sum plus one). */
const shift = 1;
const alt = 2;
const ctrl = 4;
export const modifiers = { shift, alt, ctrl } as const;

export const keyOf = (name: string): Key => ({ type: 'key', name });

/** A key that types a character. */
export const typedKey = (character: string): Key => ({
	type: 'key',
	name: character === ' ' ? 'space' : character,
	text: character,
});

/** A key by its name under modifiers. */
export function modifiedKey(name: string, held: number): Key {
	const prefix = (held & ctrl ? 'ctrl+' : '') + (held & alt ? 'alt+' : '') + (held & shift ? 'shift+' : '');
	return keyOf(prefix + name);
}

const namedControls: Readonly<Record<number, string>> = {
	0: 'ctrl+space',
	8: 'backspace',
	9: 'tab',
	10: 'enter',
	13: 'enter',
	27: 'escape',
	28: 'ctrl+\\',
	29: 'ctrl+]',
	30: 'ctrl+^',
	31: 'ctrl+_',
	127: 'backspace',
};

/** The key that sends a control character of ASCII. */
export const controlName = (code: number): string => namedControls[code] ?? `ctrl+${String.fromCharCode(code + 0x60)}`;

/** Final characters of CSI and SS3 sequences (xterm's control sequences, "PC-style function keys"). */
const finals: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	H: 'home',
	F: 'end',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

/** First parameters of `CSI … ~`; 7 and 8 are rxvt's. */
const tildes: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

/** Codes of keys without a character in kitty's protocol; the key pad's digits are computed. */
const kittyKeys: Readonly<Record<number, string>> = {
	57414: 'enter',
	57417: 'left',
	57418: 'right',
	57419: 'up',
	57420: 'down',
	57421: 'pageup',
	57422: 'pagedown',
	57423: 'home',
	57424: 'end',
	57425: 'insert',
	57426: 'delete',
};
const kittyDigits = { first: 57399, last: 57408 };
const kittyRelease = 3;
const privateUse = { first: 0xe000, last: 0xf8ff };

/** The key of an SS3 sequence (`ESC O`, then this character); the key pad's Enter among them. */
export const ss3Key = (final: string, held: number): Key | undefined => {
	const name = final === 'M' ? 'enter' : finals[final];
	return name === undefined ? undefined : modifiedKey(name, held);
};

/**
 * The key of a CSI sequence with these parameters and final character; `undefined` for what is not a key press: mouse
 * reports, answers of the terminal, releases.
 */
export function csiKey(parameters: string, final: string, held: number): Key | undefined {
	if (!/^[\d;:]*$/.test(parameters)) return undefined;
	const [first = 1, modifierField = ''] = [numberOf(parameters), parameters.split(';')[1]];
	const [modifier = '', event = ''] = modifierField.split(':');
	if (Number(event) === kittyRelease) return undefined;
	const all = held | Math.max(0, Number(modifier) - 1);
	if (final === 'Z') return modifiedKey('tab', all | shift);
	if (final === 'u') return codeKey(first, all);
	if (final === '~')
		return first === 27 ? codeKey(Number(parameters.split(';')[2]), all) : nameUnder(tildes[first], all);
	// `CSI row ; column R` tells where the cursor is; as F3 its first parameter is 1 and the second a modifier.
	if (final === 'R' && !/^(?:1;[2-8])?$/.test(parameters)) return undefined;
	return nameUnder(finals[final], all);
}

const numberOf = (parameters: string): number | undefined => {
	const digits = /^\d+/.exec(parameters);
	return digits === null ? undefined : Number(digits[0]);
};

const nameUnder = (name: string | undefined, held: number): Key | undefined =>
	name === undefined ? undefined : modifiedKey(name, held);

/** A key by its code point and modifiers: kitty's `CSI u` and xterm's modifyOtherKeys. */
function codeKey(code: number, held: number): Key | undefined {
	if (code >= kittyDigits.first && code <= kittyDigits.last) return typedKey(String(code - kittyDigits.first));
	if (kittyKeys[code] !== undefined) return modifiedKey(kittyKeys[code], held);
	if (code === 32 && (held & (ctrl | alt)) === 0) return typedKey(' ');
	if (code === 32) return modifiedKey('space', held);
	if (code < 32 || code === 127) return nameUnder(namedControls[code], held);
	if (!(code <= 0x10ffff) || (code >= privateUse.first && code <= privateUse.last)) return undefined;
	const character = String.fromCodePoint(code);
	const shown = held & shift ? character.toUpperCase() : character;
	if ((held & (ctrl | alt)) === 0) return typedKey(shown);
	return modifiedKey(held & ctrl ? character.toLowerCase() : shown, held & (ctrl | alt));
}
