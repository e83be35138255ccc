/** Names as servers list them: of labels, of their values, of services. Each once, and in an order that does not change. */
export const distinctNames = (names: readonly string[] | null | undefined): readonly string[] =>
	[...new Set(names)].sort();
