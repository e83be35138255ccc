/** What the operator has said: the lines of this service are in these streams. */
export type StreamChoice = {
	readonly service: string;
	/** `{app="pier"}`, or a whole LogQL log query; empty takes an earlier choice back. */
	readonly selector: string;
};
