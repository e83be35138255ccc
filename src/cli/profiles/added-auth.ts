import { checkedUrl } from '../connections.ts';
import { UsageError } from '../usage-error.ts';
import type { AddOptions } from './add-options.ts';
import type { Auth } from './profile.ts';
import { secretOf } from './secret-options.ts';

/** The authorization that the options of `profile add` describe. Throws a `UsageError` when it is not whole, or of two kinds. */
export function authOf(options: AddOptions): Auth | undefined {
	const kinds = authKinds.filter(kind => Object.keys(options).some(name => name.startsWith(kind)));
	if (kinds.length > 1) {
		throw new UsageError(
			'A backend has one authorization.',
			'Pass a bearer token, a user and a password, OAuth2 client credentials or SigV4.',
		);
	}
	return bearerOf(options) ?? basicOf(options) ?? oauth2Of(options) ?? sigv4Of(options);
}

/** The first words of the options of each. */
const authKinds = ['bearer', 'basic', 'oauth2', 'sigv4'];

type Of<Type extends Auth['type']> = Extract<Auth, { type: Type }>;

function bearerOf(options: AddOptions): Of<'bearer'> | undefined {
	const token = secretOf(options, 'bearer', 'bearer token');
	return token === undefined ? undefined : { type: 'bearer', token };
}

function basicOf(options: AddOptions): Of<'basic'> | undefined {
	const { basicUser: user } = options;
	const password = secretOf(options, 'basicPassword', 'password');
	if (user === undefined && password === undefined) return undefined;
	if (user !== undefined && password !== undefined) return { type: 'basic', user, password };
	throw new UsageError(
		'Basic authorization needs a user and a password.',
		'Pass --basic-user and one of --basic-password-env, -file, -command and -keychain.',
	);
}

function oauth2Of(options: AddOptions): Of<'oauth2'> | undefined {
	const { oauth2TokenUrl: tokenUrl, oauth2ClientId: clientId } = options;
	const { oauth2Scope: scopes, oauth2Parameter, oauth2ClientIn } = options;
	const clientSecret = secretOf(options, 'oauth2ClientSecret', 'client secret');
	const given = [tokenUrl, clientId, clientSecret, scopes, oauth2Parameter, oauth2ClientIn];
	if (given.every(each => each === undefined)) return undefined;
	if (tokenUrl === undefined || clientId === undefined || clientSecret === undefined) {
		throw new UsageError(
			'OAuth2 client credentials need the URL of the tokens, a client and its secret.',
			'Pass --oauth2-token-url, --oauth2-client-id and --oauth2-client-secret-env, -file, -command or -keychain.',
		);
	}
	const parameters = oauth2Parameter && Object.fromEntries(oauth2Parameter.map(parameterIn));
	const clientIn = clientInOf(oauth2ClientIn);
	return {
		type: 'oauth2',
		tokenUrl: checkedUrl(tokenUrl, '--oauth2-token-url'),
		clientId,
		clientSecret,
		...(scopes && { scopes: [...scopes] }),
		...(parameters && { parameters }),
		...(clientIn && { clientIn }),
	};
}

function parameterIn(text: string): readonly [string, string] {
	const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
	if (name !== undefined && value !== undefined) return [name, value];
	throw new UsageError('What follows --oauth2-parameter is no parameter.', 'Write it as audience=metrics.');
}

function clientInOf(text: string | undefined): 'header' | 'body' | undefined {
	if (text === undefined || text === 'header' || text === 'body') return text;
	throw new UsageError(`--oauth2-client-in ${text} is no place.`, 'Write header or body.');
}

function sigv4Of(options: AddOptions): Of<'sigv4'> | undefined {
	const { sigv4, sigv4Region: region, sigv4Service: service, sigv4Profile: profile } = options;
	const accessKeyId = secretOf(options, 'sigv4AccessKey', 'access key');
	const secretAccessKey = secretOf(options, 'sigv4SecretKey', 'secret key');
	const sessionToken = secretOf(options, 'sigv4SessionToken', 'session token');
	const given = [sigv4, region, service, profile, accessKeyId, secretAccessKey, sessionToken];
	if (given.every(each => each === undefined)) return undefined;
	const isHalf = (accessKeyId === undefined) !== (secretAccessKey === undefined);
	if (isHalf || (sessionToken !== undefined && accessKeyId === undefined)) {
		throw new UsageError(
			'A key of Amazon has an ID and a secret half.',
			'Pass --sigv4-access-key-env and --sigv4-secret-key-env, or -file, -command or -keychain; or neither.',
		);
	}
	return {
		type: 'sigv4',
		...(region && { region }),
		...(service && { service }),
		...(profile && { profile }),
		...(accessKeyId && { accessKeyId }),
		...(secretAccessKey && { secretAccessKey }),
		...(sessionToken && { sessionToken }),
	};
}
