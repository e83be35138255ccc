/** `a` to `z`, then `aa`, `bb`, …: names that do not differ by numbers, so that spans of theirs are not folded. */
export const lettersOf = (index: number): string =>
	String.fromCharCode(97 + (index % 26)).repeat(1 + Math.floor(index / 26));
