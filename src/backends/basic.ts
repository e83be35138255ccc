/** The value of `Authorization` for a user and a password: RFC 7617, in UTF-8. */
export const basicOf = (user: string, password: string): string =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
