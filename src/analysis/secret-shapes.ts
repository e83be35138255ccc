/** A secret that is known by its own form, wherever it stands. */
export type SecretShape = {
	/** What the mask calls it: `[redacted github token]`. */
	readonly kind: string;
	/** A cheap sign that the shape may be there; the expensive pattern is tried only then. */
	readonly sign: RegExp;
	/** Global. Everything it matches is masked, */
	readonly pattern: RegExp;
	/** when it passes this as well. */
	readonly isOne?: (found: string) => boolean;
};

const shape = (kind: string, sign: RegExp, pattern: RegExp): SecretShape => ({ kind, sign, pattern });

/** A line of a key that was cut into lines: as wide as PEM and OpenSSH write base64, and no digest in hex. */
export const keyLines: SecretShape = shape(
	'private key',
	/^\s{0,20}[A-Za-z0-9+/]{64}/,
	/^(?<=^\s{0,20})(?![0-9a-f]+$)(?=[^\n]*[a-z])(?=[^\n]*[A-Z])(?=[^\n]*\d)[A-Za-z0-9+/]{64,76}={0,2}(?=\s*$)/gm,
);

/**
 * Regions that run over lines. A `BEGIN` without its `END` masks up to the next quote or to the end, because shippers
 * cut keys into lines. The body excludes quotes, so that JSON stays JSON.
 */
export const secretRegions: readonly SecretShape[] = [
	shape(
		'private key',
		/-----BEGIN |PuTTY-User-Key-File/,
		/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^"'`]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?=["'`])|$)|PuTTY-User-Key-File-\d[^"'`]*/g,
	),
];

/**
 * Tokens that announce themselves by a prefix. The forms are those that their issuers document for secret scanners.
 * None of them can be a trace, span or request ID, a git commit or an image digest: those have no such prefix.
 */
export const prefixedTokens: readonly SecretShape[] = [
	shape('aws key id', /A(?:3T|KIA|SIA|BIA|CCA)/, /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g),
	shape('github token', /gh[pousr]_|github_pat_/, /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g),
	shape(
		'gitlab token',
		/gl(?:pat|ptt|rt|dt|ft|cbt|soat|agent|oas|imt|ffct)-|GR1348941/,
		/\bgl(?:pat|ptt|rt|dt|ft|cbt|soat|agent|oas|imt|ffct)-[\w-]{20,}|\bGR1348941[\w-]{20,}/g,
	),
	shape('slack token', /xox[abeoprs]-|xapp-/, /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/g),
	shape('slack webhook', /hooks\.slack\.com/, /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/+-]{20,}/g),
	shape('stripe key', /[sr]k_(?:test|live|prod)_|whsec_/, /\b(?:[sr]k_(?:test|live|prod)_\w{10,}|whsec_[\w+/=]{20,})/g),
	shape('google key', /AIza|ya29\./, /\b(?:AIza[\w-]{35}|ya29\.[\w-]{20,})/g),
	shape('anthropic key', /sk-ant-/, /\bsk-ant-[\w-]{20,}/g),
	shape('openai key', /sk-/, /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{20,}|[A-Za-z0-9]{20,}T3BlbkFJ[A-Za-z0-9]{10,})/g),
	shape('hugging face token', /hf_/, /\bhf_[A-Za-z]{34}\b/g),
	shape('sendgrid key', /SG\./, /\bSG\.[\w-]{16,}\.[\w-]{20,}/g),
	shape('twilio key', /SK[0-9a-f]/, /\bSK[0-9a-f]{32}\b/g),
	shape('npm token', /npm_/, /\bnpm_[A-Za-z0-9]{36}\b/g),
	shape('pypi token', /pypi-/, /\bpypi-[\w-]{30,}/g),
	shape('digitalocean token', /do[opr]_v1_/, /\bdo[opr]_v1_[0-9a-f]{64}\b/g),
	shape('shopify token', /shp(?:at|ca|pa|ss)_/, /\bshp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}\b/g),
	shape('databricks token', /dapi/, /\bdapi[0-9a-f]{32}(?:-\d)?\b/g),
	shape('linear key', /lin_api_/, /\blin_api_[A-Za-z0-9]{40}\b/g),
	shape('notion token', /ntn_/, /\bntn_[A-Za-z0-9]{40,}/g),
	shape('vault token', /hv[sb]\.|\bs\./, /\bhv[sb]\.[\w-]{24,}|(?<![\w.])s\.(?=[A-Za-z]*\d)[A-Za-z0-9]{24}\b/g),
	shape('terraform token', /\.atlasv1\./, /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/g),
	shape(
		'grafana token',
		/gls?[ac]_|eyJrIjoi/,
		/\b(?:glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}|glc_[\w+/=]{30,}|eyJrIjoi[\w+/=-]{30,})/g,
	),
	shape('sentry token', /sntry[us]_/, /\bsntry[us]_[\w+/=]{30,}/g),
	shape('new relic key', /NRAK-/, /\bNRAK-[A-Z0-9]{27}\b/g),
	shape('azure secret', /\dQ~/, /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/g),
	shape('square token', /EAAA|sq0[a-z]{3}-/, /\b(?:EAAA[\w+/=-]{56,}|sq0[a-z]{3}-[\w-]{22,})/g),
	shape('telegram token', /\d:A/, /\b\d{8,10}:A[\w-]{34}(?![\w-])/g),
	shape('age key', /AGE-SECRET-KEY-1/, /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g),
	shape('1password key', /A3-[A-Z0-9]/, /\bA3-[A-Z0-9]{6}-[A-Z0-9]{6,11}(?:-[A-Z0-9]{5}){3,4}\b/g),
];

/** A signed token's claims, also cut, or the four other parts of an encrypted one. */
const restOfJwt = String.raw`\.(?:ey[\w-]{8,}(?:\.[\w-]*)?|[\w-]*\.[\w-]{8,}\.[\w-]+\.[\w-]+)`;

/**
 * JSON web tokens, plain or wrapped in base64 once more, also when the line was cut inside one; and bearer values. What
 * follows a token's first part is looked for once for each word, before its `ey` is: words of 64 KB are full of them.
 */
export const bearerTokens: readonly SecretShape[] = [
	shape(
		'jwt',
		/ey[\w-]{15}|ZXlK/,
		new RegExp(
			String.raw`(?<![\w-])(?=[\w-]+${restOfJwt})(?:[\w-]*?-)?ey[\w-]{15,}${restOfJwt}|\bZXlK[\w+/-]{40,}={0,2}`,
			'g',
		),
	),
	shape('bearer token', /bearer\s/i, /(?<=\bbearer\s{1,9})(?=[^\s"']*[\d=._])[\w.~+/=-]{8,}/gi),
	// Shown in a header of its own the scheme has a capital, and then even a short word with a digit in it is no prose.
	shape(
		'bearer token',
		/B(?:earer|EARER)\s/,
		/(?<=\bB(?:earer|EARER)\s{1,9})(?=[A-Za-z._~+/=-]*\d)(?=[\w.~+/=-]*[A-Za-z])[\w.~+/=-]{4,}/g,
	),
	{
		...shape('credentials', /basic\s/i, /(?<=\b[Bb]asic\s{1,9})[A-Za-z0-9+/]{4,}={0,2}(?![\w.])/g),
		isOne: isUserAndPassword,
	},
	shape('credentials', /basic\s/i, /(?<=\b[Bb]asic\s{1,9})(?=[^\s"']*[\dA-Z=])[A-Za-z0-9+/]{8,}={0,2}(?![\w.])/g),
];

/** Base64 of `user:password` (RFC 7617). */
function isUserAndPassword(word: string): boolean {
	try {
		return /^[^\x00-\x1f:]*:[^\x00-\x1f]*$/.test(atob(word));
	} catch {
		return false;
	}
}
