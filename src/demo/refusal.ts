/** A request that a demo server answers with an error: its HTTP status and the plain text a real one would send. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, text: string) {
		super(text);
		this.name = 'Refusal';
		this.status = status;
	}
}
