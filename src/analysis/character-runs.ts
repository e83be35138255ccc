/**
 * Tells whether a text has so many of these characters of ASCII in a row. Such a run covers every place whose number is a
 * multiple of its length, so that only those are looked at: a pattern looks at each character.
 */
export function runFinder(characters: string, length: number): (text: string) => boolean {
	const isOne = new Uint8Array(128);
	for (const character of characters) isOne[character.charCodeAt(0)] = 1;
	const isAt = (text: string, index: number): boolean => isOne[text.charCodeAt(index)] === 1;
	return text => {
		for (let middle = length - 1; middle < text.length; middle += length) {
			if (!isAt(text, middle)) continue;
			let [from, to] = [middle, middle + 1];
			while (isAt(text, from - 1)) from--;
			while (isAt(text, to)) to++;
			if (to - from >= length) return true;
		}
		return false;
	};
}
