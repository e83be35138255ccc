/** Whether a token is a text whose quote has not been closed yet. */
export const isOpenString = (token: string): boolean =>
	token.startsWith('`')
		? token.length === 1 || !token.endsWith('`')
		: token.startsWith('"') && !/^"(?:[^"\\]|\\.)*"$/.test(token);

/** A value as it stands between quotes of this kind; between backticks not every value can. */
export function writtenIn(quote: string, value: string): readonly string[] {
	if (quote === '"') return [JSON.stringify(value).slice(1, -1)];
	return value.includes('`') ? [] : [value];
}
